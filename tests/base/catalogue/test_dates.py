"""Days and times are written as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from omzien.base.catalogue.queries.dates import (
    clock_words,
    day_words,
    from_to_words,
    listed,
    moment_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def in_dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY, "vandaag, dinsdag 3 november"),
        (date(2026, 11, 4), "morgen, woensdag 4 november"),
        (date(2026, 11, 5), "donderdag 5 november"),
        (date(2027, 1, 5), "dinsdag 5 januari 2027"),
    ],
)
def test_a_day_has_its_weekday_and_a_year_only_when_it_is_another(day: date, said: str) -> None:
    assert day_words(day, today=TODAY) == said


def test_a_moment_is_said_in_the_time_of_this_country() -> None:
    # In summer two hours ahead of UTC, in winter one.
    summer = datetime(2026, 7, 7, 8, 0, tzinfo=UTC), datetime(2026, 7, 7, 10, 0, tzinfo=UTC)
    winter = datetime(2026, 12, 1, 8, 0, tzinfo=UTC), datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
    assert moment_words(*summer, today=TODAY) == "dinsdag 7 juli, 10.00 tot 12.00 uur"
    assert moment_words(*winter, today=TODAY) == "dinsdag 1 december, 09.00 tot 11.00 uur"


def test_what_lasts_longer_than_a_day_names_both_days() -> None:
    weekend = datetime(2026, 11, 6, 15, 0, tzinfo=UTC), datetime(2026, 11, 8, 11, 0, tzinfo=UTC)
    assert moment_words(*weekend, today=TODAY) == (
        "vrijdag 6 november, 16.00 uur, tot zondag 8 november, 12.00 uur"
    )


def test_a_whole_day_is_day_and_night() -> None:
    day = datetime(2026, 11, 5, 23, 0, tzinfo=UTC), datetime(2026, 11, 6, 23, 0, tzinfo=UTC)
    assert moment_words(*day, today=TODAY) == "vrijdag 6 november, dag en nacht"
    assert from_to_words(time(0), time(0)) == "dag en nacht"


def test_times_follow_the_language() -> None:
    assert clock_words(time(9, 5)) == "09.05"
    with translation.override("en"):
        assert from_to_words(time(9, 5), time(10)) == "09:05 to 10:00"


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["een"], "een"), (["een", "twee"], "een en twee"), (list("abc"), "a, b en c")],
)
def test_words_are_joined_as_in_a_sentence(words: list[str], said: str) -> None:
    assert listed(words) == said
