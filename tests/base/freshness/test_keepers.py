"""Keepers: who is named, who it is where nobody was, and how often they are asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from omzien.base.catalogue.models import Location, Offer
from omzien.base.freshness.actions.keepers import (
    AlreadyKeeper,
    Person,
    end_keeper,
    load_rhythms,
    name_keeper,
    set_rhythm,
)
from omzien.base.freshness.models import CheckRhythm, Keeper
from omzien.base.freshness.queries.checks import next_check
from omzien.base.freshness.queries.keepers import (
    checkers_of,
    keeper_by_key,
    keepers_shown,
    organisation_of,
    owners_of,
)
from omzien.base.journal.models import Entry
from omzien.base.network.actions import name_delegate
from omzien.base.places.models import Area, AreaKind
from tests.base.freshness.conftest import NOW, TODAY, another

if TYPE_CHECKING:
    from omzien.base.accounts.models import User
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation


def names(offer: Offer) -> list[str]:
    return [contact.name for contact in owners_of([offer], on=TODAY)[offer.pk]]


def test_a_delegate_owns_what_nobody_was_named_for(piano_club: Offer, mo: User, by: Actor) -> None:
    assert names(piano_club) == []
    name_delegate(piano_club.organisation, user=mo, by=by, now=NOW)
    (contact,) = owners_of([piano_club], on=TODAY)[piano_club.pk]
    assert (contact.name, contact.email, contact.by_mail) == ("Mo Amrani", "mo@example.nl", True)
    assert (contact.key, contact.phone, contact.language) == (mo.key, "", "nl")


def test_who_is_named_for_the_offer_goes_before_who_is_named_for_the_organisation(
    piano_club: Offer, sietske: Keeper, bram: Keeper, by: Actor
) -> None:
    other = another(piano_club.organisation, "Koor", by=by)
    assert (names(piano_club), names(other)) == (["Bram Kuiper"], ["Sietske de Jong"])
    assert {keeper.key for keeper in keepers_shown(piano_club, on=TODAY)} == {
        sietske.key,
        bram.key,
    }


def test_a_keeper_with_an_account_is_reached_by_it(
    piano_club: Offer, noor: User, by: Actor
) -> None:
    name_keeper(piano_club, part="owner", who=noor, on=TODAY, by=by, now=NOW)
    (contact,) = owners_of([piano_club], on=TODAY)[piano_club.pk]
    assert (contact.name, contact.email) == ("Noor Jansen", "noor@example.nl")
    noor.is_active = False
    noor.save()
    assert names(piano_club) == []


def test_naming_somebody_twice_is_refused(piano_club: Offer, noor: User, by: Actor) -> None:
    name_keeper(piano_club, part="owner", who=noor, on=TODAY, by=by, now=NOW)
    with pytest.raises(AlreadyKeeper):
        name_keeper(piano_club, part="owner", who=noor, on=TODAY, by=by, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        name_keeper(piano_club, part="king", who=noor, on=TODAY, by=by, now=NOW)


def test_who_stopped_keeps_nothing(piano_club: Offer, bram: Keeper, by: Actor) -> None:
    end_keeper(bram, on=TODAY, by=by, now=NOW)
    end_keeper(bram, on=TODAY + timedelta(days=9), by=by, now=NOW)
    assert names(piano_club) == []
    ended = keeper_by_key(bram.key)
    assert ended is not None
    assert ended.until == TODAY
    assert Entry.objects.filter(verb="freshness.end_keeper").count() == 1


def test_what_a_keeper_keeps_belongs_to_an_organisation(
    foundation: Organisation, sietske: Keeper, bram: Keeper
) -> None:
    assert organisation_of(sietske) == organisation_of(bram) == foundation


def test_a_district_has_a_checker_for_what_has_none(piano_club: Offer, by: Actor) -> None:
    district = area("WK063701", AreaKind.DISTRICT)
    Location.objects.update(area=area("BU06370101", AreaKind.NEIGHBOURHOOD, parent=district))
    offer = Offer.objects.select_related("location__area__parent").get()
    assert checkers_of([offer], on=TODAY) == {offer.pk: []}
    gerda, huib = (Person(name, email=f"{name}@example.nl") for name in ("Gerda", "Huib"))
    name_keeper(district, part="checker", who=gerda, on=TODAY, by=by, now=NOW)
    assert [one.name for one in checkers_of([offer], on=TODAY)[offer.pk]] == ["Gerda"]
    name_keeper(piano_club, part="checker", who=huib, on=TODAY, by=by, now=NOW)
    assert [one.name for one in checkers_of([offer], on=TODAY)[offer.pk]] == ["Huib"]


def area(code: str, kind: str, parent: Area | None = None) -> Area:
    return Area.objects.create(
        code=code, division_year=2024, kind=kind, name=code, folded_name=code, parent=parent
    )


def test_finding_keepers_takes_the_same_queries_for_one_and_for_three(
    piano_club: Offer, sietske: Keeper, by: Actor
) -> None:
    del sietske
    offers = [piano_club, *(another(piano_club.organisation, name, by=by) for name in "BC")]
    counts = []
    for some in (offers[:1], offers):
        with CaptureQueriesContext(connection) as counted:
            owners_of(some, on=TODAY)
        counts.append(len(counted))
    assert counts == [2, 2]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("activity", date(2027, 5, 3)),
        ("provision", date(2027, 11, 3)),
        ("help-line", date(2027, 11, 3)),
        ("event", None),
        ("unknown", None),
    ],
)
def test_a_record_is_looked_at_again_by_the_rhythm_of_its_kind(
    rhythms: None, kind: str, expected: date | None
) -> None:
    del rhythms
    assert next_check(kind, after=TODAY) == expected


def test_a_rhythm_that_was_set_here_stays(rhythms: None, by: Actor) -> None:
    del rhythms
    set_rhythm("activity", months=3, by=by, now=NOW)
    set_rhythm("course", months=None, by=by, now=NOW)
    assert load_rhythms(by=by, now=NOW) == 0
    assert next_check("activity", after=TODAY) == date(2027, 2, 3)
    assert next_check("course", after=TODAY) is None
    assert CheckRhythm.objects.count() == 7


SOMEBODY: dict[str, object] = {"name": "A", "email": "a@example.nl", "part": "owner"}


@pytest.mark.parametrize(
    "nonsense",
    [
        {**SOMEBODY, "organisation": None},
        {**SOMEBODY, "name": ""},
        {**SOMEBODY, "email": ""},
        {**SOMEBODY, "reach": "phone"},
        {**SOMEBODY, "until": date(2020, 1, 1)},
        {**SOMEBODY, "part": "king"},
    ],
)
def test_the_database_refuses_a_keeper_who_cannot_be(
    foundation: Organisation, nonsense: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Keeper.objects.create(**{"organisation": foundation, "since": TODAY, **nonsense})


def test_an_area_has_checkers_only(db: None) -> None:
    del db
    with pytest.raises(IntegrityError), transaction.atomic():
        Keeper.objects.create(area=area("WK063701", AreaKind.DISTRICT), since=TODAY, **SOMEBODY)
