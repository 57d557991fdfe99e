"""The desk of the demo town has open work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.desk.actions.demo import ASKED, make_demo_desk
from omzien.base.desk.queries.duty import work_list_of
from omzien.base.desk.queries.lists import lines, open_items
from omzien.base.people.actions.demo import make_demo_people
from tests.base.desk.conftest import NOW, SYSTEM

if TYPE_CHECKING:
    from omzien.base.accounts.models import User


def test_jan_has_a_list_and_a_few_people_to_call_back(mo: User) -> None:
    people = make_demo_people(1, areas=[], by=SYSTEM, now=NOW)
    made = make_demo_desk(people, coordinator=mo, by=SYSTEM, now=NOW)
    found = lines(open_items(owner=mo), today=NOW.date())
    assert len(made) == len(found) == len(ASKED)
    assert found[0].late
    assert found[0].first.who == "mevrouw Willemien de Vries"
    work_list = work_list_of("desk.callback")
    assert work_list is not None
    assert work_list.owner.user == mo
