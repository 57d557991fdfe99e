"""A visitor says: this is wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from omzien.base.desk.actions.duty import lock_duty
from omzien.base.desk.actions.work import close_work, owner_of_new
from omzien.base.freshness.actions.asking import ask_by_mail
from omzien.base.freshness.models import WrongReport
from omzien.base.freshness.queries.keepers import checkers_of, owners_of
from omzien.base.freshness.queries.reports import open_reports
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from datetime import date, datetime

    from omzien.base.catalogue.models import Offer
    from omzien.base.desk.models import OnDuty
    from omzien.base.journal.models import Actor

TIME_TO_SOLVE = timedelta(days=7)
LONGEST = 2_000


@transaction.atomic
def report_wrong(offer: Offer, *, what: str, said: str, by: Actor, now: datetime) -> WrongReport:
    """Note that a visitor found a mistake: work for the checker, and a mail to the owner.

    The same said again counts along with what is open. Refused when nobody is on duty.
    """
    known = open_reports([offer]).select_for_update().filter(what=what).first()
    if known:
        return say_again(known, said=said, by=by, now=now)
    today = timezone.localdate(now)
    first = not open_reports([offer]).exists()
    report = WrongReport.objects.create(
        offer=offer,
        what=what,
        said=said,
        owner=owner_for(offer, on=today),
        opened_at=now,
        due_on=today + TIME_TO_SOLVE,
    )
    record("freshness.report_wrong", subject=report, by=by, reason=f"what:{what}", now=now)
    if first:
        tell_owners(offer, on=today, by=by, now=now)
    return report


def say_again(report: WrongReport, *, said: str, by: Actor, now: datetime) -> WrongReport:
    """Count one more visitor who says the same, and keep what is new in their words."""
    report.times += 1
    if said and said not in report.said:
        report.said = f"{report.said}\n{said}".strip()[:LONGEST]
    report.save(update_fields=["times", "said"])
    record("freshness.say_again", subject=report, by=by, now=now)
    return report


def owner_for(offer: Offer, *, on: date) -> OnDuty:
    """Return who solves it: a checker who is on duty, else the owner of the list."""
    checkers = [one.keeper for one in checkers_of([offer], on=on)[offer.pk] if one.keeper]
    users = [keeper.user for keeper in checkers if keeper.user]
    here = lock_duty(*users)
    return next((here[user.pk] for user in users if user.pk in here), None) or owner_of_new(
        WrongReport
    )


def tell_owners(offer: Offer, *, on: date, by: Actor, now: datetime) -> None:
    """Ask those whose record it is to look, by mail; what was said stands on the page."""
    for contact in owners_of([offer], on=on)[offer.pk]:
        if contact.by_mail and contact.email:
            ask_by_mail(contact, offers=[offer], template="freshness_wrong", by=by, now=now)


@transaction.atomic
def resolve_report(report: WrongReport, *, outcome: str, by: Actor, now: datetime) -> WrongReport:
    """Close a report and say what became of it."""
    close_work(report, by=by, now=now)
    report.refresh_from_db()
    report.outcome = outcome
    report.save(update_fields=["outcome"])
    record("freshness.resolve_report", subject=report, by=by, reason=f"as:{outcome}", now=now)
    return report
