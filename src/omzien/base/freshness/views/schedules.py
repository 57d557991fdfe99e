"""When an offer takes place: a draft that is looked at before anything is kept.

Nothing of a draft is stored: the form carries it, signed, from one press to the next.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from omzien.base.catalogue.queries.schedules import rows_of
from omzien.base.freshness.forms.closings import DaysOffForm
from omzien.base.freshness.forms.schedules import OnceForm, TimesForm
from omzien.base.freshness.forms.sentences import REFUSALS, sentence
from omzien.base.freshness.queries.changes import (
    Changes,
    calendars_of,
    changes_in,
    days_off_of,
    plain_days,
    read_days,
)
from omzien.base.freshness.queries.proposals import open_proposal_of
from omzien.base.freshness.queries.records import last_day_of
from omzien.base.freshness.queries.schedules import (
    can_be,
    next_times,
    read_draft,
    shared_calendars,
    sign_draft,
    takes_place,
)
from omzien.base.freshness.queries.words import change_words, days_words, line_words
from omzien.base.freshness.views.changing import done, submit
from omzien.base.freshness.views.checking import PAGE, link_not_good
from omzien.base.freshness.views.doors import as_delegate, as_editor, by_link
from omzien.base.letters.queries import LinkNotGood

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from omzien.base.catalogue.importers.rows import ChangeRow, LineRow
    from omzien.base.freshness.models import Proposal
    from omzien.base.freshness.queries.changes import Schedule
    from omzien.base.freshness.views.doors import Door
    from omzien.methods.recurrence import DayRange

AnyForm = TypeVar("AnyForm", bound="forms.Form")


@never_cache
@PAGE
def link_schedule(request: HttpRequest, secret: str, key: UUID) -> HttpResponse:
    try:
        return schedule(request, by_link(secret, key, now=timezone.now()))
    except LinkNotGood:
        return link_not_good(request)


@never_cache
@PAGE
def own_schedule(request: HttpRequest, key: UUID) -> HttpResponse:
    return schedule(request, as_delegate(request, key))


@never_cache
@PAGE
def editor_schedule(request: HttpRequest, key: UUID) -> HttpResponse:
    return schedule(request, as_editor(request, key))


@dataclass
class Sheet:
    """The draft as it lies there: lines, what is different once, and the days off."""

    lines: list[LineRow]
    changes: list[ChangeRow]
    calendars: tuple[str, ...]
    days_off: list[DayRange]
    times: TimesForm
    once: OnceForm
    off: DaysOffForm

    @property
    def draft(self) -> Schedule:
        return tuple(self.lines), tuple(self.changes)


def schedule(request: HttpRequest, door: Door) -> HttpResponse:
    """Show a draft with the next times that follow from it; keep it when it is right."""
    now, do = timezone.now(), request.POST.get("do", "")
    try:
        sheet = laid_out(request, door, now=now)
        if do == "keep":
            return done(request, door, keep(door, sheet, now=now))
        press(sheet, do)
    except REFUSALS as refusal:
        messages.error(request, sentence(refusal))
        return redirect(door.schedule)
    return render(request, "freshness/schedule.html", shown(door, sheet, now=now))


def laid_out(request: HttpRequest, door: Door, *, now: datetime) -> Sheet:
    """Return the draft that the form carried, or the schedule as it is (proposed) now."""
    if request.method != "POST":
        return as_it_is(door, today=timezone.localdate(now))
    lines, changes = read_draft(door.offer, request.POST.get("draft", ""))
    do, known = request.POST.get("do", ""), {one.slug for one in shared_calendars()}
    sheet = Sheet(
        list(lines),
        list(changes),
        tuple(slug for slug in request.POST.getlist("calendars") if slug in known),
        carried_days(request),
        TimesForm(prefix="times", initial=carried(TimesForm, "times", request)),
        OnceForm(prefix="once", initial=carried(OnceForm, "once", request)),
        DaysOffForm(prefix="off", initial=carried(DaysOffForm, "off", request)),
    )
    if do == "add":
        sheet.times = TimesForm(request.POST, prefix="times")
    if do == "once":
        sheet.once = OnceForm(
            request.POST, prefix="once", takes_place=lambda day: takes_place(sheet.draft, day)
        )
    if do == "close":
        sheet.off = DaysOffForm(request.POST, prefix="off")
    return sheet


def as_it_is(door: Door, *, today: date) -> Sheet:
    """Return the schedule and days off as they are, or as they wait for an editor."""
    waiting = open_proposal_of(door.offer)
    changes = changes_in(waiting) if waiting else Changes()
    followed, off = changes.calendars, changes.days_off
    lines, different = changes.schedule or rows_of(door.offer)
    return Sheet(
        list(lines),
        list(different),
        calendars_of(door.offer) if followed is None else followed,
        list(days_off_of(door.offer, on=today) if off is None else off),
        TimesForm(prefix="times", initial={"first_day": today}),
        OnceForm(prefix="once"),
        DaysOffForm(prefix="off"),
    )


def carried_days(request: HttpRequest) -> list[DayRange]:
    """Return the days off that the form carried; what is no day is left out."""
    found = []
    for text in request.POST.getlist("days_off"):
        first, _slash, last = text.partition("/")
        with suppress(ValueError):
            found.append(read_days(first, last))
    return found


def carried(kind: type[AnyForm], prefix: str, request: HttpRequest) -> dict[str, Any]:
    """Return what was typed in a form that was not sent, so that it is still there."""
    return {
        name: one.widget.value_from_datadict(request.POST, request.FILES, f"{prefix}-{name}")
        for name, one in kind.base_fields.items()
    }


def press(sheet: Sheet, do: str) -> None:
    """Change the draft as the button says."""
    if do == "add" and sheet.times.is_valid():
        add_lines(sheet)
    elif do == "once" and sheet.once.is_valid():
        add_change(sheet)
    elif do == "close" and sheet.off.is_valid():
        add_days_off(sheet)
    else:
        drop(sheet, do)


def add_lines(sheet: Sheet) -> None:
    """Put the lines at the draft, unless a schedule cannot be so."""
    lines = sheet.times.lines()
    if not can_be((lines, ())):
        sheet.times.add_error(None, _("With these days it would never take place."))
        return
    sheet.lines += [line for line in lines if line not in sheet.lines]
    sheet.times = TimesForm(prefix="times")


def add_change(sheet: Sheet) -> None:
    """Put a change at the draft; of one day only the last counts."""
    change = sheet.once.change()
    kept = [one for one in sheet.changes if one.day is None or one.day != change.day]
    sheet.changes = [*kept, change]
    sheet.once = OnceForm(prefix="once")


def add_days_off(sheet: Sheet) -> None:
    """Put days off at the draft, in their order."""
    found = {*sheet.days_off, sheet.off.days()}
    sheet.days_off = sorted(found, key=lambda days: (days.first, days.last))
    sheet.off = DaysOffForm(prefix="off")


def drop(sheet: Sheet, do: str) -> None:
    """Take a line or a change out of the draft, by its place in the list."""
    kind, _colon, number = do.partition(":")
    if not number.isdecimal():
        return
    if kind == "drop-line":
        del sheet.lines[int(number) : int(number) + 1]
    elif kind == "drop-change":
        del sheet.changes[int(number) : int(number) + 1]
    elif kind == "drop-days":
        del sheet.days_off[int(number) : int(number) + 1]


def keep(door: Door, sheet: Sheet, *, now: datetime) -> Proposal | None:
    """Keep the draft; what was different in the past is of no use to anybody."""
    today = timezone.localdate(now)
    ahead = tuple(one for one in sheet.changes if last_day_of(one, today) >= today)
    wanted = Changes(
        schedule=(tuple(sheet.lines), ahead),
        calendars=sheet.calendars,
        days_off=tuple(sheet.days_off),
    )
    return submit(door, wanted, now=now)


def shown(door: Door, sheet: Sheet, *, now: datetime) -> dict[str, object]:
    """Return what the page shows: the draft in words, and the next six times."""
    return {
        "door": door,
        "sheet": sheet,
        "signed": sign_draft(door.offer, sheet.draft),
        "lines": [line_words(line) for line in sheet.lines],
        "changes": [change_words(change) for change in sheet.changes],
        "next": next_times(
            sheet.draft, calendars=sheet.calendars, days_off=sheet.days_off, now=now
        ),
        "days_off": [(*days, days_words(read_days(*days))) for days in plain_days(sheet.days_off)],
        "calendars": [(one, one.slug in sheet.calendars) for one in shared_calendars()],
        "waiting": open_proposal_of(door.offer),
    }
