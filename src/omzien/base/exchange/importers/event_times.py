"""When events of a web page take place (schema.org), as plans."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from omzien.base.exchange.importers.calendars import plain
from omzien.base.exchange.importers.offers_sheet import RowRefused
from omzien.methods.recurrence import Change, Frequency, Plan, Rule, Slot
from omzien.methods.recurrence.calendars.cleaning import zone_named
from omzien.methods.recurrence.plans import HOME

if TYPE_CHECKING:
    from omzien.base.exchange.importers.pages import Record

HERE = ZoneInfo(HOME)
AN_HOUR, A_DAY = 60, 24 * 60
MINUTE = timedelta(minutes=1)
LONGEST = 7 * A_DAY
GONE = {"EventCancelled", "EventPostponed"}
PERIODS = {
    "D": Frequency.DAILY,
    "W": Frequency.WEEKLY,
    "M": Frequency.MONTHLY,
    "Y": Frequency.YEARLY,
}
WORDS = {"daily": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y"}
REPEATED = re.compile(r"P(\d{1,3})([DWMY])")
LASTS = re.compile(r"P(?:(\d{1,2})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,5})M)?)?")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CODES = ("mo", "tu", "we", "th", "fr", "sa", "su")
DAY = re.compile(r"([+-]?[1-5])?([a-z]+)")


@dataclass(slots=True)
class Gathered:
    """What a page says of one thing: its words once, its times from every event of that name."""

    event: Record
    organisation: str
    rules: list[Rule] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        """Return when it is; a single time is a line of its own."""
        slots = tuple(dict.fromkeys(self.slots))
        rules = tuple(dict.fromkeys(self.rules))
        if not rules and len(slots) == 1:
            (slot,) = slots
            return Plan((Rule(slot.day, slot.starts_at, slot.minutes, Frequency.ONCE),))
        return Plan(rules, tuple(dict.fromkeys(self.changes)), slots)


def first_of(value: Any) -> Record:  # noqa: ANN401 - JSON of any shape
    """Return the first record of a value, which may be one, several, or only its name."""
    one = value[0] if isinstance(value, list) and value else value
    if isinstance(one, dict):
        return one
    return {"name": one} if isinstance(one, str) else {}


def all_of(value: Any) -> list[Any]:  # noqa: ANN401 - JSON of any shape
    return value if isinstance(value, list) else [] if value is None else [value]


def text_at(record: Record, name: str) -> str:
    """Return a text without the marks of a page; of several the first."""
    value = next(iter(all_of(record.get(name))), "")
    if isinstance(value, dict):
        value = value.get("@value", value.get("name", ""))
    text = plain(str(value)) if isinstance(value, str | int | float) else ""
    # Half a letter is none, and cannot be kept.
    return text.encode(errors="ignore").decode()


def put_times(event: Record, one: Gathered) -> None:
    """Read when an event is: by its schedule, else by its parts, else by itself."""
    schedules = [each for each in all_of(event.get("eventSchedule")) if isinstance(each, dict)]
    for schedule in schedules:
        rule = rule_of(schedule, event)
        one.rules.append(rule)
        one.changes += [Change(day, rule.starts_at) for day in days_without(schedule)]
    if schedules:
        return
    parts = [part for part in all_of(event.get("subEvent")) if isinstance(part, dict)]
    dated = [part for part in parts if text_at(part, "startDate")] or [event]
    one.slots += [slot_of(each) for each in dated if goes_on(each)]
    if not one.slots:
        raise RowRefused("cancelled")


def goes_on(event: Record) -> bool:
    return text_at(event, "eventStatus").rpartition("/")[2] not in GONE


def slot_of(event: Record) -> Slot:
    """Return the time of an event by itself; without an end it lasts an hour, or its whole day."""
    begin, whole_day = moment_of(text_at(event, "startDate"))
    minutes = A_DAY if whole_day else AN_HOUR
    if lasts := minutes_in(text_at(event, "duration")):
        minutes = lasts
    elif ends := text_at(event, "endDate"):
        end, until_night = moment_of(ends)
        # A last day without a time counts until its night.
        end += timedelta(days=1) if until_night and whole_day else timedelta()
        minutes = (end - begin) // MINUTE or minutes
    if minutes > LONGEST:
        raise RowRefused("long")
    return Slot(begin.date(), begin.time(), minutes)


def moment_of(text: str) -> tuple[datetime, bool]:
    """Return a moment by the clock here, and whether it is a day without a time."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise RowRefused("times") from error
    if at.tzinfo:
        at = at.astimezone(HERE).replace(tzinfo=None)
    return at.replace(microsecond=0, fold=0), "T" not in text and ":" not in text


def rule_of(schedule: Record, event: Record) -> Rule:
    """Return a line of a schedule; what it does not say itself its event may say."""
    refuse_other_clock(schedule)
    starts = text_at(schedule, "startDate") or text_at(event, "startDate")
    first, no_time = moment_of(starts)
    said = clock_in(text_at(schedule, "startTime"))
    if no_time and said is None:
        raise RowRefused("times")
    starts_at = said or first.time()
    frequency, interval = repetition_in(schedule)
    weekdays, weeks = days_in(schedule)
    until = text_at(schedule, "endDate") if frequency is not Frequency.ONCE else ""
    return Rule(
        first_day=first.date(),
        starts_at=starts_at,
        minutes=length_of(schedule, starts_at),
        frequency=frequency,
        interval=interval,
        weekdays=weekdays if frequency is not Frequency.ONCE else (),
        weeks_of_month=weeks,
        month_days=tuple(number_in(day) for day in all_of(schedule.get("byMonthDay"))),
        until=moment_of(until)[0].date() if until else None,
        count=None if until else count_in(schedule),
    )


def refuse_other_clock(schedule: Record) -> None:
    """Refuse a clock that goes otherwise, and a repetition by months or weeks by number."""
    zone = text_at(schedule, "scheduleTimezone")
    if zone and zone_named(zone, home=HOME) != HOME:
        raise RowRefused("zone")
    if schedule.get("byMonth") or schedule.get("byMonthWeek"):
        raise RowRefused("times")


def repetition_in(schedule: Record) -> tuple[Frequency, int]:
    """Return how often a line comes back; one without a word about it is once."""
    text = text_at(schedule, "repeatFrequency")
    if not text:
        return Frequency.ONCE, 1
    found = REPEATED.fullmatch(WORDS.get(text.rpartition("/")[2].casefold(), text.upper()))
    if not found:
        raise RowRefused("times")
    return PERIODS[found[2]], int(found[1])


def days_in(schedule: Record) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return weekdays and weeks of the month, from Monday, MO or 2MO."""
    names = [
        name.strip().rpartition("/")[2].casefold()
        for value in all_of(schedule.get("byDay"))
        for name in str(value).split(",")
        if name.strip()
    ]
    found = [DAY.fullmatch(name) for name in names]
    days, weeks = set(), set()
    for day in found:
        if not day or day[2] not in {*DAYS, *CODES}:
            raise RowRefused("times")
        days.add((DAYS if day[2] in DAYS else CODES).index(day[2]))
        weeks.add(int(day[1]) if day[1] else 0)
    # Both 2MO and TU in one line are two lines that one cannot say.
    pairs = {(day[1], day[2]) for day in found if day}
    if len(pairs) != len(days) * max(len(weeks), 1) or (0 in weeks and len(weeks) > 1):
        raise RowRefused("times")
    return tuple(sorted(days)), tuple(sorted(weeks - {0}))


def days_without(schedule: Record) -> list[date]:
    """Return the days on which a line has no meeting, once each."""
    days = [moment_of(str(day))[0].date() for day in all_of(schedule.get("exceptDate"))]
    return sorted(set(days))


def length_of(schedule: Record, starts_at: time) -> int:
    """Return how many minutes a meeting lasts; where nothing is said an hour."""
    if lasts := minutes_in(text_at(schedule, "duration")):
        return lasts
    end = clock_in(text_at(schedule, "endTime"))
    if end is None:
        return AN_HOUR
    between = (end.hour - starts_at.hour) * 60 + end.minute - starts_at.minute
    return between % A_DAY or A_DAY


def minutes_in(text: str) -> int:
    """Return the minutes of a length such as PT1H30M; 0 where there is none."""
    found = LASTS.fullmatch(text.upper())
    days, hours, minutes = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return days * A_DAY + hours * 60 + minutes


def clock_in(text: str) -> time | None:
    """Return the time on the wall that a text says; None where it says nothing."""
    if not text:
        return None
    try:
        return time.fromisoformat(text).replace(microsecond=0, tzinfo=None)
    except ValueError as error:
        raise RowRefused("times") from error


def number_in(value: object) -> int:
    try:
        return int(str(value))
    except ValueError as error:
        raise RowRefused("times") from error


def count_in(schedule: Record) -> int | None:
    value = next(iter(all_of(schedule.get("repeatCount"))), None)
    return None if value is None else number_in(value)
