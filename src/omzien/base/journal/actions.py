"""Writing in the journal, and keeping its months."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, TypeVar

from django.db import connections, transaction

from omzien.base.journal.models import Actor, Entry, MonthProof, Subject, ViewReason
from omzien.base.journal.queries import VIEWED, begin_of, month_after, months, sign

if TYPE_CHECKING:
    import uuid
    from datetime import date, datetime

    from django.db.models import QuerySet

S = TypeVar("S", bound=Subject)
KEEPER = Actor.system("journal")


class UnknownReason(Exception):
    """Choose from the list why you open this dossier."""


def record(
    verb: str,
    *,
    subject: Subject | None,
    by: Actor,
    reason: str = "",
    now: datetime,
    using: str = "default",
) -> None:
    """Write one line: `by` did `verb` to `subject` because of `reason` (a code, no free text)."""
    Entry.objects.using(using).create(
        at=now,
        actor_key=by.key,
        actor_role=by.role,
        verb=verb,
        subject_type=subject._meta.label_lower if subject else "",
        subject_key=subject.key if subject else None,
        reason=reason,
    )


def record_view(subject: S, *, by: Actor, reason: str, now: datetime) -> S:
    """Write down that `by` opens `subject`, and why, then return it: the way to open a dossier.

    A line of the programme builds its own `open_dossier` on it, after asking its permissions.
    """
    if reason not in ViewReason.values:
        raise UnknownReason(reason)
    record(VIEWED, subject=subject, by=by, reason=reason, now=now)
    return subject


@transaction.atomic
def look_up(
    found: QuerySet[Entry], *, record_key: uuid.UUID | None, by: Actor, now: datetime
) -> QuerySet[Entry]:
    """Write down that somebody reads in the journal about a record, then return the entries."""
    Entry.objects.create(
        at=now,
        actor_key=by.key,
        actor_role=by.role,
        verb="journal.read",
        subject_type="",
        subject_key=record_key,
        reason="",
    )
    return found


def make_months(*, now: datetime, ahead: int = 3, using: str = "default") -> list[date]:
    """Make this month's part of the journal and the next ones; return the months that are new."""
    month, made = now.date().replace(day=1), []
    for _ in range(ahead + 1):
        if make_month(month, using=using):
            made.append(month)
        month = month_after(month)
    return made


def make_month(month: date, *, using: str = "default") -> bool:
    """Make one month's part of the journal; False where it is there."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT journal_make_month(%s)", [month])
        row = cursor.fetchone()
    return bool(row and row[0])


def drop_expired_months(*, now: datetime) -> list[MonthProof]:
    """Erase the months of the journal past their term; each leaves a signed line.

    It goes through the log-in of retention: the application's own cannot. Each month is one
    transaction, so a run that is cut off is finished by the next.
    """
    limit = now - Entry.Privacy.keep
    make_strays_a_month(limit)
    return [
        drop_month(month, now=now) for month in months() if begin_of(month_after(month)) <= limit
    ]


def make_strays_a_month(limit: datetime) -> None:
    """Give old entries without a month theirs, so that they can go with it."""
    strays = Entry.objects.using("retention").filter(at__lt=limit)
    for day in strays.datetimes("at", "month", tzinfo=UTC):
        make_month(day.date(), using="retention")


def drop_month(month: date, *, now: datetime) -> MonthProof:
    """Erase one month past its term and leave its signed line, in one transaction."""
    with transaction.atomic(using="retention"):
        with connections["retention"].cursor() as cursor:
            # One at a time: each proof is chained to the one before.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('journal_monthproof'))")
            cursor.execute("SELECT entries, digest FROM journal_drop_month(%s)", [month])
            entries, digest = cursor.fetchone()
        last = MonthProof.objects.using("retention").last()
        proof = MonthProof(month=month, entries=entries, digest=digest, dropped_at=now)
        proof.signature = sign(last.signature if last else "", proof.signed)
        proof.save(using="retention", force_insert=True)
        record("journal.month_erased", subject=None, by=KEEPER, now=now, using="retention")
    return proof
