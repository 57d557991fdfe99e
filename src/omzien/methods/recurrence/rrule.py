"""A rule as text (RFC 5545, section 3.3.10), and back for what a schedule can say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from omzien.methods.recurrence.errors import CannotSay, DaysDoNotFit, NotARule, TooOften
from omzien.methods.recurrence.plans import HOME
from omzien.methods.recurrence.rules import LATEST, Frequency, Rule
from omzien.methods.recurrence.zones import known_zone, moment

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
REPEATING = {
    each.upper(): each for each in Frequency if each is not Frequency.ONCE
}  # HOURLY and faster are no meetings.
FASTER = {"HOURLY", "MINUTELY", "SECONDLY"}
NUMBERS = {
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (1, 31),
    "BYSETPOS": (1, 366),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 60),
    "BYYEARDAY": (1, 366),
    "BYWEEKNO": (1, 53),
}
BACKWARDS = {"BYMONTHDAY", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"}
DAY = r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)"
PATTERNS = {
    "FREQ": r"[A-Z]+",
    "INTERVAL": r"0*[1-9]\d{0,3}",
    "COUNT": r"0*[1-9]\d{0,5}",
    "UNTIL": r"\d{8}(T\d{6}Z?)?",
    "WKST": "|".join(DAYS),
    "BYDAY": rf"{DAY}(,{DAY})*",
    # Calendars of other peoples (RFC 7529).
    "RSCALE": r"[A-Z0-9-]+",
    "SKIP": "OMIT|BACKWARD|FORWARD",
}
NO_WORDS = {"BYYEARDAY", "BYWEEKNO", "RSCALE", "SKIP"}
LAST_SECOND = time(23, 59, 59)
LONGEST_TEXT = 2_000


def to_rrule(rule: Rule, *, zone: str = HOME) -> str:
    """Write a rule as the value of an RRULE.

    Parameters
    ----------
    rule
        Any rule. What begins later than its `first_day` says so by its DTSTART: the day of the
        first meeting (`first_meeting_day`).
    zone
        Where its clock hangs. UNTIL has to be in UTC (RFC 5545): the last second of the day.

    Returns
    -------
    str
        Empty for what takes place once.

    Notes
    -----
    Every second and fourth Tuesday until the end of 2026 is
    FREQ=MONTHLY;UNTIL=20261231T225959Z;BYDAY=2TU,4TU.
    """
    if rule.frequency is Frequency.ONCE:
        return ""
    parts = {
        "FREQ": rule.frequency.upper(),
        "INTERVAL": str(rule.interval) if rule.interval > 1 else "",
        "COUNT": str(rule.count or ""),
        "UNTIL": _until_text(rule.until, zone) if rule.until else "",
        "BYMONTH": str(rule.first_day.month) if rule.frequency is Frequency.YEARLY else "",
        "BYMONTHDAY": ",".join(str(day) for day in rule.month_days),
        "BYDAY": ",".join(_day_texts(rule)),
    }
    return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def from_rrule(text: str, *, start: datetime, minutes: int, zone: str = HOME) -> Rule:
    """Read the value of an RRULE.

    Parameters
    ----------
    text
        Such as FREQ=MONTHLY;BYDAY=2TU,4TU; empty for once.
    start
        DTSTART on the clock on the wall, without zone.
    minutes
        How long a meeting lasts.
    zone
        Where the clock hangs, for an UNTIL in UTC.

    Returns
    -------
    Rule
        Its `first_day` is the day of `start`, whether that fits the rule or not.

    Raises
    ------
    NotARule
        The text is none, or (`TooOften`) of what is no meeting.
    CannotSay
        The text is a rule that `Rule` has no words for, such as the last working day of a month.
    ScheduleRefused
        One of its other kinds: the rule is nonsense, such as 30 February.

    Notes
    -----
    What other programs say in another way comes out the same: MONTHLY;BYDAY=TU;BYSETPOS=2 is
    BYDAY=2TU (Outlook), DAILY;BYDAY=MO,TU is weekly, BYHOUR and BYMINUTE may repeat the start,
    WKST may be any day that makes no difference, and an end after 2199 is none. An UNTIL that is
    a day includes that day.
    """
    if not text:
        return Rule(start.date(), start.time(), minutes, Frequency.ONCE)
    return _Reader(read_parts(text), start, minutes, zone).rule()


def read_parts(text: str) -> dict[str, str]:
    """Take the value of an RRULE apart, and refuse what is none.

    Parameters
    ----------
    text
        Such as FREQ=WEEKLY;BYDAY=TU.

    Returns
    -------
    dict
        Names and values in capitals.

    Raises
    ------
    NotARule, TooOften
    """
    pairs = [pair.partition("=") for pair in text.strip().rstrip(";").upper().split(";")]
    parts = {name.strip(): value.strip() for name, _, value in pairs}
    frequency = parts.get("FREQ", "")
    if frequency in FASTER:
        raise TooOften(frequency)
    if len(text) > LONGEST_TEXT or len(parts) < len(pairs) or frequency not in REPEATING:
        raise NotARule(text[:60])
    for name, value in parts.items():
        if not _is_part(name, value):
            raise NotARule(f"{name}={value}"[:60])
    return parts


def _is_part(name: str, value: str) -> bool:
    """Say whether a part is one of the standard, with a value that it may have."""
    if name not in NUMBERS:
        return bool(re.fullmatch(PATTERNS.get(name, ""), value)) and name in PATTERNS
    lowest, highest = NUMBERS[name]
    number = r"[+-]?\d{1,3}" if name in BACKWARDS else r"\d{1,2}"
    return bool(re.fullmatch(rf"{number}(,{number})*", value)) and all(
        lowest <= abs(each) <= highest for each in numbers(value)
    )


def numbers(value: str) -> tuple[int, ...]:
    """Read whole numbers with commas between.

    Parameters
    ----------
    value
        Empty gives none.

    Returns
    -------
    tuple of int
    """
    return tuple(int(each) for each in value.split(",") if each)


def _until_text(until: date, zone: str) -> str:
    end = moment(datetime.combine(until, LAST_SECOND), known_zone(zone))
    return end.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _day_texts(rule: Rule) -> list[str]:
    weeks = [str(week) for week in rule.weeks_of_month] or [""]
    return [f"{week}{DAYS[day]}" for week in weeks for day in rule.weekdays]


@dataclass(frozen=True, slots=True)
class _Reader:
    """The parts of a rule, and what they are to be read with."""

    parts: dict[str, str]
    start: datetime
    minutes: int
    zone: str

    def rule(self) -> Rule:
        self._check_clock()
        frequency = REPEATING[self.parts["FREQ"]]
        weekdays, weeks = self._weekdays()
        if frequency is Frequency.DAILY and weekdays and not self._skips():
            frequency = Frequency.WEEKLY
        self._check_month(frequency, on_days=bool(weekdays) or "BYMONTHDAY" in self.parts)
        self._check_week(frequency, weekdays)
        try:
            return self._said(frequency, weekdays, weeks)
        except DaysDoNotFit as error:
            raise CannotSay(self._text()) from error

    def _said(
        self, frequency: Frequency, weekdays: tuple[int, ...], weeks: tuple[int, ...]
    ) -> Rule:
        return Rule(
            self.start.date(),
            self.start.time(),
            self.minutes,
            frequency,
            int(self.parts.get("INTERVAL", "1")),
            weekdays,
            weeks,
            numbers(self.parts.get("BYMONTHDAY", "")),
            self._until(),
            int(self.parts["COUNT"]) if "COUNT" in self.parts else None,
        )

    def _text(self) -> str:
        return ";".join(f"{name}={value}" for name, value in self.parts.items())[:120]

    def _skips(self) -> bool:
        return int(self.parts.get("INTERVAL", "1")) > 1

    def _check_clock(self) -> None:
        """Refuse other times of the day than that of the start, and what is never said."""
        clock = {
            "BYHOUR": self.start.hour,
            "BYMINUTE": self.start.minute,
            "BYSECOND": self.start.second,
        }
        other = any(
            name in self.parts and numbers(self.parts[name]) != (value,)
            for name, value in clock.items()
        )
        if other or NO_WORDS & set(self.parts):
            raise CannotSay(self._text())

    def _weekdays(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return weekdays and weeks of the month: every one of these in every one of those."""
        texts = [each for each in self.parts.get("BYDAY", "").split(",") if each]
        said = {(int(each[:-2] or 0), DAYS.index(each[-2:])) for each in texts}
        weekdays, weeks = sorted({day for _, day in said}), sorted({week for week, _ in said})
        every = {(week, day) for week in weeks for day in weekdays}
        if said != every or (0 in weeks and len(weeks) > 1):
            raise CannotSay(self._text())
        return tuple(weekdays), self._weeks(weekdays, tuple(week for week in weeks if week))

    def _weeks(self, weekdays: list[int], weeks: tuple[int, ...]) -> tuple[int, ...]:
        """Read BYSETPOS with one weekday as the weeks of the month."""
        positions = numbers(self.parts.get("BYSETPOS", ""))
        if not positions:
            return weeks
        monthly = self.parts["FREQ"] in {"MONTHLY", "YEARLY"}
        if len(weekdays) == 1 and not weeks and monthly:
            return positions
        raise CannotSay(self._text())

    def _check_month(self, frequency: Frequency, *, on_days: bool) -> None:
        """Refuse months, but for a yearly rule that keeps to that of its start."""
        months = numbers(self.parts.get("BYMONTH", ""))
        if frequency is Frequency.YEARLY:
            if months != (self.start.month,) and (months or on_days):
                raise CannotSay(self._text())
        elif months:
            raise CannotSay(self._text())

    def _check_week(self, frequency: Frequency, weekdays: tuple[int, ...]) -> None:
        """Refuse weeks that begin on another day than Monday, where that makes a difference."""
        begins = DAYS.index(self.parts.get("WKST", "MO"))
        today = self.start.weekday()
        same = all(
            (day - begins) % 7 - (today - begins) % 7 == day - today for day in (today, *weekdays)
        )
        if frequency is Frequency.WEEKLY and self._skips() and not same:
            raise CannotSay(self._text())

    def _until(self) -> date | None:
        """Return the last day that has a meeting not after UNTIL."""
        text = self.parts.get("UNTIL", "")
        if not text or int(text[:4]) > LATEST.year:
            return None
        try:
            until = datetime.fromisoformat(text)
        except ValueError as error:
            raise NotARule(f"UNTIL={text}") from error
        if until.tzinfo:
            until = until.astimezone(known_zone(self.zone)).replace(tzinfo=None)
        too_early = "T" in text and until.time() < self.start.time()
        return until.date() - timedelta(days=too_early)
