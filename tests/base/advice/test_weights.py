"""Other weights: first a look at what would change, then in use, and written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.urls import reverse

from omzien.base.advice.actions.weights import NothingCounts, take_weights_into_use
from omzien.base.advice.models import Gap, WeightSet
from omzien.base.advice.queries.invented import invented_people
from omzien.base.advice.queries.weights import FIRST, PARTS, all_weights, weights_in_use
from omzien.base.journal.models import Entry
from omzien.base.places.models import AreaKind
from tests.base.advice.conftest import BY, NOW, TODAY

if TYPE_CHECKING:
    from django.test import Client

    from omzien.base.accounts.models import User
    from tests.cast import LogIn

pytestmark = pytest.mark.usefixtures("town")
OTHERS = {part: getattr(FIRST, part) for part in PARTS} | {"need": 0.1, "interests": 0.6}
PAGE = "/advice/weights/"


@pytest.fixture
def editor(noor: User, log_in: LogIn) -> Client:
    return log_in(noor)


def test_without_a_set_the_weights_of_the_method_are_in_use() -> None:
    assert weights_in_use() == FIRST


def test_the_newest_set_is_in_use_and_the_earlier_stay() -> None:
    take_weights_into_use(OTHERS, why="Interesse eerst", by=BY, now=NOW)
    take_weights_into_use(OTHERS | {"text": 0.2}, why="Eigen woorden", by=BY, now=NOW)
    assert (weights_in_use().version, weights_in_use().text) == ("2", 0.2)
    assert [one.why for one in all_weights()] == ["Eigen woorden", "Interesse eerst"]
    assert Entry.objects.filter(verb="advice.set_weights", reason="version-2").count() == 1


def test_weights_that_count_nothing_are_refused_and_change_nothing() -> None:
    nothing = OTHERS | dict.fromkeys(("need", "interests", "nearness", "text"), 0)
    with pytest.raises(NothingCounts):
        take_weights_into_use(nothing, why="Niets", by=BY, now=NOW)
    assert not WeightSet.objects.exists()


def test_looking_ahead_shows_what_would_change_and_changes_nothing(editor: Client) -> None:
    page = editor.post(PAGE, {**OTHERS, "why": "Interesse eerst", "do": "look"}).content.decode()
    assert "400 verzonnen mensen" in page
    assert "Gebruik deze gewichten" in page
    assert not WeightSet.objects.exists()


def test_the_editor_takes_them_into_use(editor: Client, noor: User) -> None:
    answer = editor.post(PAGE, {**OTHERS, "why": "Interesse eerst", "do": "use"}, follow=True)
    assert "Versie 1" in answer.content.decode()
    assert weights_in_use().interests == 0.6
    assert Entry.objects.get(verb="advice.set_weights").actor_key == noor.key


def test_a_weight_outside_0_to_1_is_said_on_the_form(editor: Client) -> None:
    page = editor.post(PAGE, {**OTHERS, "need": 3, "why": "x", "do": "use"}).content.decode()
    assert 'aria-invalid="true"' in page
    none = OTHERS | dict.fromkeys(("need", "interests", "nearness", "text"), 0)
    page = editor.post(PAGE, {**none, "why": "x", "do": "use"}).content.decode()
    assert "Minstens één van de eerste vier" in page
    assert not WeightSet.objects.exists()


def test_invented_people_are_the_same_each_time_and_all_over_town() -> None:
    def people(count: int) -> list[object]:
        return [
            (person.area, person.interests, person.age)
            for person in invented_people(
                count, municipality=settings.MUNICIPALITY_CODE, kind=AreaKind.NEIGHBOURHOOD
            )
        ]

    assert people(40) == people(40)
    assert len({person[0] for person in people(60)}) > 3  # type: ignore[index]  # tuples


def test_colleagues_read_what_is_missing(els: User, log_in: LogIn) -> None:
    browser = log_in(els)
    page = reverse("advice:gaps")
    assert "nog niets gemist" in browser.get(page).content.decode()
    Gap.objects.create(month=TODAY.replace(day=1), interests=["schaken"], nothing=True)
    assert "Schaken en dammen" in browser.get(page).content.decode()
