"""Adding helpers, what was checked of them, when they can, and that they left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from omzien.base.journal.actions import record
from omzien.base.people.models import Availability, Helper, Leave

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from omzien.base.accounts.models import User
    from omzien.base.journal.models import Actor
    from omzien.base.places.models import Area

# A certificate of conduct does not expire; a new one is asked for after three years.
YEARS_TO_NEXT_CHECK = 3


class OverlappingLeave(Exception):
    """Part of these days was already noted as leave."""


class UnlikelyDates(Exception):
    """The last day comes before the first."""


@transaction.atomic
def add_helper(
    name: str,
    *,
    joined_on: date,
    by: Actor,
    now: datetime,
    user: User | None = None,
    phone: str = "",
    languages: Iterable[str] = ("nl",),
    home_area: Area | None = None,
) -> Helper:
    """Add somebody who wants to visit or help; they go nowhere until everything was checked."""
    helper = Helper.objects.create(
        name=name,
        phone=phone,
        user=user,
        joined_on=joined_on,
        languages=list(languages),
        home_area=home_area,
    )
    record("people.add_helper", subject=helper, by=by, now=now)
    return helper


@transaction.atomic
def note_certificate(helper: Helper, *, seen_on: date, by: Actor, now: datetime) -> Helper:
    """Write that a certificate of conduct was seen, never the certificate; ask anew in 3 years."""
    helper.vog_seen_on = seen_on
    # 29 February has no namesake three years on.
    day = min(seen_on.day, 28) if seen_on.month == 2 else seen_on.day  # noqa: PLR2004 - February
    helper.vog_check_on = seen_on.replace(year=seen_on.year + YEARS_TO_NEXT_CHECK, day=day)
    helper.save(update_fields=["vog_seen_on", "vog_check_on"])
    record("people.note_certificate", subject=helper, by=by, now=now)
    return helper


@transaction.atomic
def note_training(helper: Helper, *, trained_on: date, by: Actor, now: datetime) -> Helper:
    """Write on which day a helper finished the training."""
    helper.trained_on = trained_on
    helper.save(update_fields=["trained_on"])
    record("people.note_training", subject=helper, by=by, now=now)
    return helper


@transaction.atomic
def note_secrecy(helper: Helper, *, signed_on: date, by: Actor, now: datetime) -> Helper:
    """Write on which day a helper signed the promise of secrecy."""
    helper.secrecy_signed_on = signed_on
    helper.save(update_fields=["secrecy_signed_on"])
    record("people.note_secrecy", subject=helper, by=by, now=now)
    return helper


@transaction.atomic
def set_preferences(  # noqa: PLR0913 - one form, one change
    helper: Helper,
    *,
    half_days: Iterable[tuple[int, str]],
    most_per_week: int,
    travel: str,
    languages: Iterable[str],
    by: Actor,
    now: datetime,
    home_area: Area | None = None,
    pairs_with: Helper | None = None,
) -> Helper:
    """Write when a helper usually can, how often, how they come, and with whom."""
    helper.most_per_week, helper.travel = most_per_week, travel
    helper.languages, helper.home_area = list(languages), home_area
    helper.pairs_with = pairs_with
    helper.save(update_fields=["most_per_week", "travel", "languages", "home_area", "pairs_with"])
    Availability.objects.filter(helper=helper).delete()
    Availability.objects.bulk_create(
        [
            Availability(helper=helper, weekday=weekday, half_day=half_day)
            for weekday, half_day in sorted(set(half_days))
        ]
    )
    record("people.set_preferences", subject=helper, by=by, now=now)
    return helper


@transaction.atomic
def plan_leave(
    helper: Helper, *, first_day: date, last_day: date, by: Actor, now: datetime
) -> Leave:
    """Write that a helper is away, both days included."""
    if last_day < first_day:
        raise UnlikelyDates
    try:
        with transaction.atomic():
            leave = Leave.objects.create(
                helper=helper, period=DateRange(first_day, last_day, "[]")
            )
    except IntegrityError as error:
        raise OverlappingLeave from error
    record("people.plan_leave", subject=helper, by=by, now=now)
    return leave


@transaction.atomic
def cancel_leave(leave: Leave, *, by: Actor, now: datetime) -> None:
    """Take back a leave: the helper is there after all."""
    helper = leave.helper
    leave.delete()
    record("people.cancel_leave", subject=helper, by=by, now=now)


@transaction.atomic
def leave_helpers(helper: Helper, *, left_on: date, by: Actor, now: datetime) -> Helper:
    """Write that a helper has stopped; nobody goes together with them any more."""
    helper.left_on = left_on
    helper.save(update_fields=["left_on"])
    Helper.objects.filter(pairs_with=helper).update(pairs_with=None)
    record("people.leave_helpers", subject=helper, by=by, now=now)
    return helper
