"""An emergency opening needs two people and a reason, lasts a day at most, and is told."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from omzien.base.journal.actions import UnknownReason
from omzien.base.journal.models import Actor, Entry, ViewReason
from omzien.base.letters.models import Mail
from omzien.base.privacy.actions.break_glass import (
    AlreadyAllowed,
    MayNotAsk,
    NeedsAnother,
    NeedsReason,
    NotOpen,
    TooLong,
    approve_break_glass,
    end_break_glass,
    request_break_glass,
)
from omzien.base.privacy.actions.dossiers import NotYours, open_content
from omzien.base.privacy.fields import Sealed, SealedTextField, key_ring
from omzien.base.privacy.jobs import tell_of_glass
from omzien.base.privacy.models import BreakGlass, Emergency
from omzien.base.privacy.permissions import may_allow, may_open_content
from omzien.base.privacy.queries.glasses import glass_by_key, glasses, is_open_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from omzien.base.accounts.models import User
    from omzien.base.journal.models import Subject

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ANNA = Actor(uuid.uuid4(), "administrator")
JAN = Actor(uuid.uuid4(), "coordinator")
PIET = Actor(uuid.uuid4(), "privacy_officer")
FATIMA = Actor(uuid.uuid4(), "visitor")
ELS = Actor(uuid.uuid4(), "policy_officer")
STORY = "Ik mis mijn zus, elke dag."
DOSSIER = uuid.UUID("c7f5c0de-0000-4000-8000-000000000001")


def ask(by: Actor = ANNA, changes: Mapping[str, object] | None = None) -> BreakGlass:
    values: dict[str, Any] = {
        "subject_key": DOSSIER,
        "reason": Emergency.NOBODY_THERE,
        "explanation": "De huisarts belt, Fatima en Jan zijn weg.",
        "now": NOW,
    }
    return request_break_glass("municipality", by=by, **{**values, **(changes or {})})


def verbs() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("verb", flat=True))


# --- Asking, allowing, closing ------------------------------------------------------------------


def test_asking_opens_nothing_yet() -> None:
    glass = ask()
    assert not glass.is_open(NOW)
    assert not is_open_for(ANNA, controller="municipality", subject_key=DOSSIER, now=NOW)
    assert verbs() == ["glass.asked"]


def test_another_opens_it_for_the_one_who_asked_for_that_dossier_and_those_hours() -> None:
    approve_break_glass(ask(), hours=2, by=PIET, now=NOW)
    later = NOW + timedelta(hours=2)

    def opened(by: Actor = ANNA, key: uuid.UUID = DOSSIER, at: datetime = NOW) -> bool:
        return is_open_for(by, controller="municipality", subject_key=key, now=at)

    assert opened()
    assert not opened(by=PIET)
    assert not opened(key=uuid.uuid4())
    assert not opened(at=later)
    assert not is_open_for(ANNA, controller="inzet", subject_key=DOSSIER, now=NOW)


def test_nobody_allows_their_own() -> None:
    glass = ask(by=JAN)
    with pytest.raises(NeedsAnother):
        approve_break_glass(glass, hours=1, by=JAN, now=NOW)
    assert not may_allow(JAN, glass)
    assert may_allow(PIET, glass)


@pytest.mark.parametrize("by", [ANNA, FATIMA, ELS])
def test_only_a_coordinator_or_privacy_officer_allows(by: Actor) -> None:
    with pytest.raises(NeedsAnother):
        approve_break_glass(ask(by=JAN), hours=1, by=by, now=NOW)


@pytest.mark.parametrize("by", [FATIMA, ELS])
def test_not_every_role_may_ask(by: Actor) -> None:
    with pytest.raises(MayNotAsk):
        ask(by=by)


@pytest.mark.parametrize("change", [{"reason": "curious"}, {"explanation": "  "}])
def test_asking_takes_a_reason_and_a_sentence(change: dict[str, str]) -> None:
    with pytest.raises(NeedsReason):
        ask(changes=change)


def test_it_is_allowed_once() -> None:
    glass = approve_break_glass(ask(), hours=1, by=PIET, now=NOW)
    with pytest.raises(AlreadyAllowed):
        approve_break_glass(glass, hours=24, by=JAN, now=NOW)


@pytest.mark.parametrize("hours", [0, -1, 25])
def test_a_day_at_most(hours: int) -> None:
    with pytest.raises(TooLong):
        approve_break_glass(ask(), hours=hours, by=PIET, now=NOW)


def test_it_can_be_closed_before_its_time() -> None:
    glass = approve_break_glass(ask(), hours=24, by=PIET, now=NOW)
    end_break_glass(glass, by=JAN, now=NOW + timedelta(hours=1))
    assert not is_open_for(
        ANNA, controller="municipality", subject_key=DOSSIER, now=NOW + timedelta(hours=1)
    )
    assert verbs() == ["glass.asked", "glass.opened", "glass.closed"]
    with pytest.raises(NotOpen):
        end_break_glass(glass, by=JAN, now=NOW + timedelta(hours=2))


def test_glasses_come_newest_first_and_by_key() -> None:
    first, second = ask(), ask(changes={"now": NOW + timedelta(hours=1)})
    assert list(glasses()) == [second, first]
    assert glass_by_key(first.key) == first
    assert glass_by_key(uuid.uuid4()) is None


# --- What the database refuses, whatever the code does ------------------------------------------


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"approved_by": ANNA.key}, "glass_needs_two_people"),
        ({"ends_at": NOW + timedelta(hours=25)}, "glass_is_open_for_a_day"),
        ({"ends_at": NOW - timedelta(seconds=1)}, "glass_is_open_for_a_day"),
        ({"approved_by": None}, "glass_is_shut"),
        ({"ends_at": None}, "glass_is_shut"),
        ({"reason": "curious"}, "glass_reason"),
        ({"requested_at": NOW + timedelta(hours=1)}, "glass_opens_after"),
    ],
)
def test_the_database_refuses(change: dict[str, Any], constraint: str) -> None:
    glass = approve_break_glass(ask(), hours=24, by=PIET, now=NOW)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        BreakGlass.objects.filter(pk=glass.pk).update(**change)


# --- Told to the privacy officer ----------------------------------------------------------------


def test_opening_queues_the_notice_in_the_same_transaction() -> None:
    glass = approve_break_glass(ask(), hours=1, by=JAN, now=NOW)
    job = ProcrastinateJob.objects.get(task_name="privacy.jobs.tell_of_glass")
    assert job.args == {"glass": str(glass.key)}


def test_every_privacy_officer_gets_a_mail_that_names_nobody(piet: User) -> None:
    glass = approve_break_glass(ask(), hours=1, by=JAN, now=NOW)
    tell_of_glass(glass.key)
    (mail,) = Mail.objects.all()
    assert mail.to == piet.email
    assert "huisarts" not in mail.context
    assert str(DOSSIER) not in mail.context


def test_a_notice_about_nothing_is_no_failure() -> None:
    tell_of_glass(uuid.uuid4())
    assert not Mail.objects.exists()


# --- Reading what is sealed ---------------------------------------------------------------------


class Content(SealedTextField):
    """The content of a visit, as a line would declare it."""


@dataclass
class Options:
    """Just enough of a model's options."""

    label_lower: str = "visits.visit"

    def get_field(self, name: str) -> object:
        return Content() if name == "story" else BreakGlass._meta.get_field("controller")


@dataclass
class Visit:
    """Stands for a record of a later line: a key and a sealed story."""

    story: object = ""
    key: uuid.UUID = DOSSIER
    _meta: Any = field(default_factory=Options)


def visit() -> Subject:
    return Visit(story=Sealed(key_ring("municipality").seal(STORY)))


def read(by: Actor, subject: Subject | None = None, reason: str = ViewReason.FOLLOW_UP) -> str:
    return open_content(subject or visit(), field="story", by=by, reason=reason, now=NOW)


@pytest.mark.parametrize("by", [FATIMA, JAN])
def test_who_works_with_dossiers_reads_and_leaves_a_line(by: Actor) -> None:
    assert read(by) == STORY
    (line,) = Entry.objects.all()
    assert (line.verb, line.reason, line.subject_key) == ("viewed", "view.follow_up", DOSSIER)


@pytest.mark.parametrize("by", [ANNA, ELS, PIET, Actor.system("erasure")])
def test_an_administrator_and_others_cannot_read_and_the_attempt_stays(by: Actor) -> None:
    with pytest.raises(NotYours):
        read(by)
    assert verbs() == ["dossier.refused"]
    assert not may_open_content(by, in_emergency=False)


def test_breaking_the_glass_lets_who_asked_read_and_says_so_in_the_journal() -> None:
    approve_break_glass(ask(), hours=1, by=PIET, now=NOW)
    assert read(ANNA) == STORY
    line = Entry.objects.order_by("-id")[0]
    assert (line.verb, line.reason) == ("viewed", "view.emergency")


def test_reading_takes_a_reason_from_the_list() -> None:
    with pytest.raises(UnknownReason):
        read(JAN, reason="curious")


def test_nothing_written_is_nothing_to_read() -> None:
    assert read(JAN, Visit()) == ""


def test_only_sealed_fields_are_opened_here() -> None:
    with pytest.raises(TypeError, match="not sealed"):
        open_content(visit(), field="place", by=JAN, reason=ViewReason.PHONE, now=NOW)
