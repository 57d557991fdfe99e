"""Working days, against a calendar that anybody can look at."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omzien.methods.working_days import after_working_days

CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)}
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2026, 11, 5), 5, date(2026, 11, 12)),
        (date(2026, 11, 6), 1, date(2026, 11, 9)),
        (date(2026, 11, 7), 0, date(2026, 11, 9)),
        (date(2026, 11, 6), 0, date(2026, 11, 6)),
        (date(2026, 12, 24), 5, date(2027, 1, 4)),
    ],
)
def test_the_day_of_a_promise(day: date, number: int, expected: date) -> None:
    assert after_working_days(day, number, holidays=CHRISTMAS) == expected


def test_a_promise_lies_ahead() -> None:
    with pytest.raises(ValueError, match="not negative"):
        after_working_days(date(2026, 1, 1), -1)


@given(day=DAYS, number=st.integers(0, 60))
def test_it_is_a_working_day_and_five_are_a_week(day: date, number: int) -> None:
    found = after_working_days(day, number)
    assert found.weekday() < 5
    assert (after_working_days(found, 5) - found).days == 7
