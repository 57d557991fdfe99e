"""The demo town has people in it: invented, and the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from omzien.base.people.actions.demo import (
    HOW_MANY,
    INVENTED,
    PARTICIPANTS_PER_HELPER,
    make_demo_people,
)
from omzien.base.people.models import Consent, Helper, Identity, Participant
from omzien.base.people.permissions import may_share
from omzien.base.people.queries.helpers import helpers_with_expiring_vog
from omzien.base.people.queries.participants import find_by_name, representations_of
from omzien.methods.spelling import phone_key

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.journal.models import Actor

pytestmark = pytest.mark.django_db


def test_the_same_seed_invents_the_same_people(jan: Actor, now: datetime) -> None:
    first = [each.identity.name for each in make_demo_people(7, areas=[], by=jan, now=now)]
    codes = [each.letter_code for each in Identity.objects.order_by("pk")]
    for model in (Identity, Helper, Consent):
        model.objects.all().delete()
    Participant.objects.all()._raw_delete("default")
    again = [each.identity.name for each in make_demo_people(7, areas=[], by=jan, now=now)]
    assert first == again
    assert codes == [each.letter_code for each in Identity.objects.order_by("pk")]


def test_they_are_marked_as_invented_and_can_all_be_found(jan: Actor, now: datetime) -> None:
    made = make_demo_people(1, areas=[], by=jan, now=now)
    assert len(made) == HOW_MANY
    assert {each.identity.town for each in made} == {INVENTED}
    for each in made:
        assert phone_key(each.identity.phone).startswith("079000")
        assert each in find_by_name(each.identity.surname, each.identity.street)


def test_mrs_de_vries_is_there_and_her_daughter_may_speak(jan: Actor, now: datetime) -> None:
    mrs_de_vries = make_demo_people(1, areas=[], by=jan, now=now)[0]
    assert mrs_de_vries.identity.name == "mevrouw Willemien de Vries"
    assert len(representations_of(mrs_de_vries, on=now.date())) == 1
    assert may_share(mrs_de_vries, "share", "inzet")


def test_a_second_time_changes_nothing(jan: Actor, now: datetime) -> None:
    make_demo_people(1, areas=[], by=jan, now=now)
    assert make_demo_people(2, areas=[], by=jan, now=now) == []
    assert Helper.objects.count() == HOW_MANY // PARTICIPANTS_PER_HELPER


def test_some_helpers_still_wait_for_a_certificate(jan: Actor, now: datetime) -> None:
    make_demo_people(1, areas=[], by=jan, now=now)
    waiting = helpers_with_expiring_vog(now.date()).filter(vog_check_on__isnull=True)
    assert waiting.count() == HOW_MANY // PARTICIPANTS_PER_HELPER // 4
