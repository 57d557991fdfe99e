"""A line of a schedule as a schedule of HSDS, and back.

HSDS knows weeks and months only. What it cannot say goes along as a rule of RFC 5545 in an
attribute, so that nothing is lost; the fields beside it say the nearest thing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from omzien.base.catalogue.importers.rows import LineRow
from omzien.base.exchange.importers.hsds.vocabulary import MINUTES, RULE

if TYPE_CHECKING:
    from collections.abc import Mapping

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_OF_WEEK = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
MONTHS_OF_YEAR = 12
AN_HOUR, A_DAY = 60, 24 * 60
ANY_MONDAY = date(2024, 1, 1)
# Repetition that a schedule here has no words for.
NO_WORDS_FOR = ("byweekno", "byyearday")


class OddSchedule(ValueError):
    """When this takes place cannot be read."""


# --- Out ----------------------------------------------------------------------------------------


def fields_of(line: LineRow) -> dict[str, Any]:
    """Return the fields of a schedule, without its identifiers."""
    ends = datetime.combine(line.first_day, line.starts_at) + timedelta(minutes=line.minutes)
    return {
        "dtstart": line.first_day.isoformat(),
        "opens_at": clock(line.starts_at),
        "closes_at": clock(ends.time()),
        "until": line.until.isoformat() if line.until else None,
        "count": line.count,
        **repetition_of(line),
    }


def clock(moment: time) -> str:
    """Write a time of the day, local, with seconds only where there are any."""
    return moment.isoformat("seconds" if moment.second else "minutes")


def repetition_of(line: LineRow) -> dict[str, Any]:
    """Return how often, as near as weeks and months can say it."""
    days, month_days = by_day(line), ",".join(map(str, line.month_days))
    if line.frequency == "once":
        return {"valid_from": line.first_day.isoformat(), "valid_to": line.first_day.isoformat()}
    if line.frequency == "daily":
        return {"freq": "WEEKLY", "interval": 1, "byday": days or ",".join(DAYS)}
    if line.frequency == "yearly":
        interval = MONTHS_OF_YEAR * line.interval
        on = {"byday": days} if days else {"bymonthday": month_days or str(line.first_day.day)}
        return {"freq": "MONTHLY", "interval": interval, **on}
    freq = line.frequency.upper()
    return {"freq": freq, "interval": line.interval, "byday": days, "bymonthday": month_days}


def by_day(line: LineRow) -> str:
    """Return weekdays as RFC 5545 writes them: 2MO,-1FR."""
    weeks = [str(week) for week in line.weeks_of_month] or [""]
    return ",".join(f"{week}{DAYS[day]}" for day in line.weekdays for week in weeks)


@lru_cache(maxsize=4_096)
def extras_of(line: LineRow) -> Mapping[str, str]:
    """Return what the fields cannot say, by the code of an attribute."""
    fields = fields_of(line)
    extras = {}
    try:
        again = lines_of(fields)
    except OddSchedule:
        again = ()
    if [one.minutes for one in again] != [line.minutes]:
        extras[MINUTES] = str(line.minutes)
        again = lines_of(fields, extras)
    if again != (line,):
        extras[RULE] = rule_of(line)
    return MappingProxyType(extras)


def rule_of(line: LineRow) -> str:
    """Return the rule in full: FREQ=DAILY;INTERVAL=2;UNTIL=20261231."""
    parts = {
        "FREQ": line.frequency.upper(),
        "INTERVAL": str(line.interval),
        "BYDAY": by_day(line),
        "BYMONTHDAY": ",".join(map(str, line.month_days)),
        "UNTIL": f"{line.until:%Y%m%d}" if line.until else "",
        "COUNT": str(line.count) if line.count else "",
    }
    return ";".join(f"{name}={value}" for name, value in parts.items() if value)


# --- In -----------------------------------------------------------------------------------------


def lines_of(
    fields: Mapping[str, Any], extras: Mapping[str, str] | None = None
) -> tuple[LineRow, ...]:
    """Return the lines that a schedule says: several where days differ in their weeks.

    Raises `OddSchedule` where it cannot be read.
    """
    extras = extras or {}
    try:
        start = first_day_of(fields)
        begins, minutes = hours_of(fields, extras)
        said = parts_of(extras[RULE]) if RULE in extras else parts_of_fields(fields)
        return tuple(
            LineRow(
                first_day=start,
                starts_at=begins,
                minutes=minutes,
                weekdays=weekdays,
                weeks_of_month=weeks,
                **repeated(said),
            )
            for weekdays, weeks in days_of(said)
        )
    except (ValueError, KeyError, TypeError) as odd:
        raise OddSchedule(str(odd)) from odd


def first_day_of(fields: Mapping[str, Any]) -> date:
    for name in ("dtstart", "valid_from"):
        if fields.get(name):
            return date.fromisoformat(str(fields[name])[:10])
    # Opening hours have no first day; where every week counts, any will do.
    if fields.get("freq") and str(fields.get("interval") or 1) in {"1", "1.0"}:
        return ANY_MONDAY
    raise OddSchedule("no first day")


def hours_of(fields: Mapping[str, Any], extras: Mapping[str, str]) -> tuple[time, int]:
    """Return when it begins and how many minutes it lasts; an hour where no end is said."""
    if not fields.get("opens_at"):
        raise OddSchedule("no time")
    begins = time_of(str(fields["opens_at"]))
    if MINUTES in extras:
        return begins, int(extras[MINUTES])
    if not fields.get("closes_at"):
        return begins, AN_HOUR
    ends = time_of(str(fields["closes_at"]))
    minutes = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    return begins, minutes if minutes > 0 else minutes + A_DAY


def time_of(text: str) -> time:
    """Return a time of the day; an offset is left off, because times on the map are local."""
    return time.fromisoformat(text.strip()).replace(tzinfo=None, microsecond=0)


def parts_of(rule: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in rule.split(";"))


def parts_of_fields(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of HSDS as the parts of a rule."""
    names = {"FREQ": "freq", "BYDAY": "byday", "BYMONTHDAY": "bymonthday", "INTERVAL": "interval"}
    names |= {"COUNT": "count", "UNTIL": "until"}
    refuse_odd(fields)
    said = {name: str(fields[field]) for name, field in names.items() if fields.get(field)}
    if "UNTIL" not in said and fields.get("valid_to") and "FREQ" in said:
        said["UNTIL"] = str(fields["valid_to"])
    if "UNTIL" in said:
        said["UNTIL"] = said["UNTIL"].replace("-", "")
    return said


def refuse_odd(fields: Mapping[str, Any]) -> None:
    """Refuse a repetition that would be another one without what is left off."""
    odd = [name for name in NO_WORDS_FOR if fields.get(name)]
    if fields.get("freq") == "WEEKLY" and fields.get("bymonthday"):
        odd.append("bymonthday")
    if odd:
        raise OddSchedule(", ".join(odd))


def repeated(said: Mapping[str, str]) -> dict[str, Any]:
    """Return how often and until when."""
    until = datetime.strptime(said["UNTIL"][:8], "%Y%m%d").date() if "UNTIL" in said else None  # noqa: DTZ007 - a day has no zone
    month_days = tuple(int(day) for day in said.get("BYMONTHDAY", "").split(",") if day.strip())
    return {
        "frequency": said.get("FREQ", "once").strip().lower(),
        "interval": whole(said.get("INTERVAL", "1")),
        "month_days": month_days,
        "until": until,
        "count": whole(said["COUNT"]) if "COUNT" in said and until is None else None,
    }


def whole(text: str) -> int:
    """Return a number that a table may have written as 2.0."""
    number = float(text)
    if not number.is_integer():
        raise ValueError(text)
    return int(number)


def days_of(said: Mapping[str, str]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Return weekdays with their weeks of the month, together where the weeks are the same."""
    weeks: dict[int, list[int]] = defaultdict(list)
    for word in said.get("BYDAY", "").split(","):
        if not word.strip():
            continue
        found = DAY_OF_WEEK.fullmatch(word.strip().upper())
        if not found:
            raise ValueError(word)
        number, day = found.groups()
        weeks[DAYS.index(day)] += [int(number)] if number else []
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for weekday, numbers in weeks.items():
        groups[tuple(numbers)].append(weekday)
    return [(tuple(weekdays), numbers) for numbers, weekdays in groups.items()] or [((), ())]
