"""A yes counts for one purpose and one receiver, until it is taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from omzien.base.journal.models import Entry
from omzien.base.people.actions.consents import (
    AlreadyAgreed,
    AlreadyTakenBack,
    NotEnoughAuthority,
    add_representation,
    end_representation,
    record_consent,
    withdraw_consent,
)
from omzien.base.people.models import (
    Authority,
    Consent,
    GivenHow,
    Participant,
    Purpose,
    Representation,
    RepresentativeKind,
)
from omzien.base.people.permissions import may_share, may_speak_for
from omzien.base.people.queries.participants import consents_of, representations_of

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.journal.models import Actor

TODAY = date(2026, 10, 5)


@pytest.fixture
def consent(mevrouw_de_vries: Participant, jan: Actor, now: datetime) -> Consent:
    return record_consent(
        mevrouw_de_vries,
        purpose=Purpose.SHARE,
        receiver="inzet",
        wording="2026-1",
        given_how=GivenHow.ORAL,
        by=jan,
        now=now,
    )


def test_a_yes_is_for_this_purpose_and_this_receiver_only(
    consent: Consent, mevrouw_de_vries: Participant
) -> None:
    assert may_share(mevrouw_de_vries, Purpose.SHARE, "inzet")
    assert not may_share(mevrouw_de_vries, Purpose.SHARE, "huisarts")
    assert not may_share(mevrouw_de_vries, Purpose.EVALUATION, "inzet")
    assert list(consents_of(mevrouw_de_vries)) == [consent]


def test_it_says_how_in_which_words_and_by_whom(consent: Consent, jan: Actor) -> None:
    assert (consent.given_how, consent.wording, consent.recorded_by) == (
        "oral",
        "2026-1",
        jan.key,
    )


def test_taken_back_it_gives_nothing_from_the_same_minute(
    consent: Consent, mevrouw_de_vries: Participant, jan: Actor, now: datetime
) -> None:
    withdraw_consent(consent, by=jan, now=now)
    assert not may_share(mevrouw_de_vries, Purpose.SHARE, "inzet")
    assert not consents_of(mevrouw_de_vries).exists()
    assert Entry.objects.filter(verb="people.withdraw_consent", reason="share").count() == 1


def test_agreeing_twice_is_refused_and_after_taking_back_it_is_not(
    consent: Consent, mevrouw_de_vries: Participant, jan: Actor, now: datetime
) -> None:
    again = {"purpose": "share", "receiver": "inzet", "wording": "2026-2", "given_how": "written"}
    with pytest.raises(AlreadyAgreed):
        record_consent(mevrouw_de_vries, **again, by=jan, now=now)
    withdraw_consent(consent, by=jan, now=now)
    record_consent(mevrouw_de_vries, **again, by=jan, now=now)
    assert may_share(mevrouw_de_vries, Purpose.SHARE, "inzet")


def test_taking_back_twice_is_refused(consent: Consent, jan: Actor, now: datetime) -> None:
    withdraw_consent(consent, by=jan, now=now)
    with pytest.raises(AlreadyTakenBack):
        withdraw_consent(consent, by=jan, now=now)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"purpose": "advertising"}, "consent_purpose_is_known"),
        ({"given_how": "guessed"}, "consent_way_is_known"),
    ],
)
def test_the_database_refuses_unknown_purposes_and_ways(
    mevrouw_de_vries: Participant, jan: Actor, now: datetime, values: dict[str, str], rule: str
) -> None:
    known = {"purpose": "share", "receiver": "inzet", "wording": "1", "given_how": "oral"}
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        record_consent(mevrouw_de_vries, **{**known, **values}, by=jan, now=now)


def test_the_database_refuses_taking_back_by_nobody_or_too_early(
    consent: Consent, now: datetime
) -> None:
    impossible = [
        (now, None),
        (None, consent.recorded_by),
        (now - timedelta(days=1), consent.recorded_by),
    ]
    for moment, whom in impossible:
        with pytest.raises(IntegrityError, match="taken_back"), transaction.atomic():
            Consent.objects.update(withdrawn_at=moment, withdrawn_by=whom)


# --- Who may speak for her ----------------------------------------------------------------------


def representation_of(
    participant: Participant,
    kind: str,
    authority: str,
    *,
    until: date | None,
    by: Actor,
    now: datetime,
) -> Representation:
    return add_representation(
        participant,
        kind=kind,
        authority=authority,
        name="Anneke de Vries",
        valid_from=TODAY,
        valid_until=until,
        by=by,
        now=now,
    )


def test_her_daughter_may_speak_for_her_until_it_ends(
    mevrouw_de_vries: Participant, jan: Actor, now: datetime
) -> None:
    daughter = representation_of(
        mevrouw_de_vries, "carer", "said_so", until=date(2027, 4, 1), by=jan, now=now
    )
    assert representations_of(mevrouw_de_vries, on=date(2027, 4, 1)) == [daughter]
    assert representations_of(mevrouw_de_vries, on=date(2027, 4, 2)) == []
    assert representations_of(mevrouw_de_vries, on=date(2026, 10, 4)) == []


@pytest.mark.parametrize(
    ("kind", "authority", "until"),
    [
        ("mentor", "said_so", None),
        ("curator", "mandate", None),
        ("proxy", "said_so", date(2027, 1, 1)),
        ("carer", "said_so", None),
        ("proxy", "mandate", None),
        ("carer", "said_so", date(2026, 1, 1)),
    ],
)
def test_too_little_authority_is_refused(
    mevrouw_de_vries: Participant,
    jan: Actor,
    now: datetime,
    kind: str,
    authority: str,
    until: date | None,
) -> None:
    with pytest.raises(NotEnoughAuthority):
        representation_of(mevrouw_de_vries, kind, authority, until=until, by=jan, now=now)
    assert not Representation.objects.exists()


def test_who_was_appointed_for_money_only_is_told_nothing(
    mevrouw_de_vries: Participant, jan: Actor, now: datetime
) -> None:
    kinds = [RepresentativeKind.ADMINISTRATOR, RepresentativeKind.MENTOR]
    money, care = (
        representation_of(
            mevrouw_de_vries, kind, Authority.COURT_ORDER, until=None, by=jan, now=now
        )
        for kind in kinds
    )
    assert not may_speak_for(money, on=TODAY)
    assert may_speak_for(care, on=TODAY)
    assert representations_of(mevrouw_de_vries, on=TODAY) == [care]


def test_ended_it_gives_nothing_from_today(
    mevrouw_de_vries: Participant, jan: Actor, now: datetime
) -> None:
    daughter = representation_of(
        mevrouw_de_vries, "carer", "said_so", until=date(2027, 4, 1), by=jan, now=now
    )
    end_representation(daughter, by=jan, now=now)
    assert representations_of(mevrouw_de_vries, on=TODAY) == []
    assert str(daughter.key) in str(daughter)
