"""Reads of the journal: about a record, by an actor, unusual viewing, and its signed proofs."""

from __future__ import annotations

import hmac
import statistics
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext

from omzien.base.journal.models import Entry, MonthProof, ViewReason

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet

VIEWED = "viewed"
MONTH_NAME = "journal_entry_"


class NoSigningKey(Exception):
    """The journal's key is not on this machine: `omzien secrets` makes it."""


# --- Looking up ---------------------------------------------------------------------------------


def entries(
    *,
    record: uuid.UUID | None = None,
    actor: uuid.UUID | None = None,
    month: date | None = None,
) -> QuerySet[Entry]:
    """Return entries, newest first, about a record, by an actor, in a month."""
    found = Entry.objects.order_by("-at", "-id")
    if record:
        found = found.filter(subject_key=record)
    if actor:
        found = found.filter(actor_key=actor)
    if month:
        found = found.filter(at__gte=begin_of(month), at__lt=begin_of(month_after(month)))
    return found


def views_of(keys: Iterable[uuid.UUID]) -> QuerySet[Entry]:
    """Return when records of a person were opened, newest first."""
    return Entry.objects.filter(subject_key__in=list(keys), verb=VIEWED).order_by("-at", "-id")


def names_of(actors: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the names of actors that still have an account, for the privacy officer only."""
    users = get_user_model().objects.filter(key__in=set(actors))
    return {user.key: str(user) for user in users}


def key_of_account(address: str) -> uuid.UUID | None:
    """Return the key of the account with this e-mail address."""
    user = get_user_model().objects.filter(email__iexact=address).first()
    return user.key if user else None


@dataclass(frozen=True)
class Line:
    """One entry as a page shows it."""

    at: datetime
    who: str
    role: str
    verb: str
    record: str
    key: uuid.UUID | None
    reason: str


def with_names(found: Iterable[Entry]) -> list[Line]:
    """Return entries with names of accounts, for the privacy officer only."""
    entries = list(found)
    names = names_of(entry.actor_key for entry in entries)
    return [line_of(entry, who=names.get(entry.actor_key, "")) for entry in entries]


def for_the_person(found: Iterable[Entry]) -> list[Line]:
    """Return entries as the person they are about may have them: roles, no names of staff."""
    return [line_of(entry, who="") for entry in found]


def line_of(entry: Entry, *, who: str) -> Line:
    return Line(
        at=entry.at,
        who=who,
        # The titles of roles are these words, so that the catalogue knows them.
        role=gettext(entry.actor_role.replace("_", " ").capitalize()),
        verb=entry.verb,
        record=kind_of(entry.subject_type),
        key=entry.subject_key,
        reason=str(ViewReason(entry.reason).label)
        if entry.reason in ViewReason.values
        else entry.reason,
    )


def kind_of(label: str) -> str:
    """Return what a person calls this kind of record."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


# --- Unusual viewing ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Unusual:
    """Somebody who opened far more dossiers this week than their colleagues, or than before.

    Counts only: whose dossiers they were is a question for the journal itself, with a reason.
    """

    actor: uuid.UUID
    role: str
    seen: int
    colleagues: float
    before: float


# Below this number of dossiers in a week nothing is unusual.
FLOOR = 20
# This many times the middle of the colleagues, or of one's own weeks before.
TIMES = 3
WEEK = timedelta(days=7)
WEEKS_BEFORE = 8


def unusual_viewing(*, now: datetime) -> list[Unusual]:
    """Return who opened at least 20 dossiers this week and three times what is usual.

    Usual is the median of colleagues in the same role this week, or of one's own eight weeks
    before; either may give the alarm. Somebody without colleagues is compared with themselves.
    """
    this_week = dossiers_seen(now - WEEK, now)
    weeks = [
        dossiers_seen(now - WEEK * (back + 1), now - WEEK * back)
        for back in range(1, WEEKS_BEFORE + 1)
    ]
    found = (
        Unusual(
            actor=actor,
            role=role,
            seen=seen,
            colleagues=median_of_colleagues(this_week, actor, role),
            before=statistics.median(week.get((actor, role), 0) for week in weeks),
        )
        for (actor, role), seen in this_week.items()
        if seen >= FLOOR
    )
    return sorted(filter(is_unusual, found), key=lambda one: -one.seen)


def is_unusual(one: Unusual) -> bool:
    return one.seen >= TIMES * max(1, one.colleagues) or one.seen >= TIMES * max(1, one.before)


def dossiers_seen(begin: datetime, end: datetime) -> dict[tuple[uuid.UUID, str], int]:
    """Return how many different dossiers each actor opened in a role between two moments."""
    rows = (
        Entry.objects.filter(verb=VIEWED, at__gte=begin, at__lt=end)
        .values_list("actor_key", "actor_role")
        .annotate(seen=Count("subject_key", distinct=True))
        .order_by()
    )
    return {(actor, role): seen for actor, role, seen in rows}


def median_of_colleagues(
    week: dict[tuple[uuid.UUID, str], int], actor: uuid.UUID, role: str
) -> float:
    others = [seen for (other, same), seen in week.items() if same == role and other != actor]
    return statistics.median(others) if others else week[actor, role]


# --- Months and proofs --------------------------------------------------------------------------


class Proof(Protocol):
    """Anything signed and chained to the one before."""

    @property
    def signature(self) -> str: ...

    @property
    def signed(self) -> tuple[str, ...]: ...


P = TypeVar("P", bound=Proof)


def months() -> list[date]:
    """Return the months that the journal has a partition for, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid"
            " WHERE inhparent = 'journal_entry'::regclass"
        )
        names = [str(name) for (name,) in cursor.fetchall()]
    parts = (name.removeprefix(MONTH_NAME).split("_") for name in names if "default" not in name)
    return sorted(date(int(year), int(month), 1) for year, month in parts)


def begin_of(month: date) -> datetime:
    return datetime(month.year, month.month, 1, tzinfo=UTC)


def month_after(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def sign(previous: str, values: Sequence[str]) -> str:
    """Return the signature of `values` that follows on `previous`: HMAC-SHA-256 in hex."""
    path = settings.SECRETS_DIR / "journal_key"
    if not path.is_file():
        raise NoSigningKey
    message = "\n".join([previous, *values]).encode()
    return hmac.new(path.read_bytes().strip(), message, "sha256").hexdigest()


def broken_proofs(proofs: Iterable[P]) -> Iterator[P]:
    """Yield the proofs whose signature does not fit their content and the proof before."""
    previous = ""
    for proof in proofs:
        if not hmac.compare_digest(proof.signature, sign(previous, proof.signed)):
            yield proof
        previous = proof.signature


def unaccounted_months() -> list[date]:
    """Return the months that are neither in the journal nor in a proof, between first and last."""
    known = {*months(), *MonthProof.objects.values_list("month", flat=True)}
    if not known:
        return []
    month, missing = min(known), []
    while month < max(known):
        if month not in known:
            missing.append(month)
        month = month_after(month)
    return missing
