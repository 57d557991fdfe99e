"""Days on which people work: a promise "within five working days" as a date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

SATURDAY = 5


def after_working_days(day: date, number: int, *, holidays: Container[date] = ()) -> date:
    """Return the day that lies so many working days after `day`.

    Parameters
    ----------
    day
        From when is counted; this day itself does not count.
    number
        Working days, zero or more. Zero gives `day` itself, or the first working day after it.
    holidays
        Days on which nobody works, beside Saturdays and Sundays.

    Returns
    -------
    date
        Always a working day. Five working days after Thursday 24 December 2026, with both
        Christmas days and New Year's Day off, is Monday 4 January 2027.

    Raises
    ------
    ValueError
        When `number` is negative.

    """
    if number < 0:
        raise ValueError("A promise lies ahead: the number of working days is not negative.")
    found, left = day, number
    while left or found.weekday() >= SATURDAY or found in holidays:
        found += timedelta(days=1)
        if left and found.weekday() < SATURDAY and found not in holidays:
            left -= 1
    return found
