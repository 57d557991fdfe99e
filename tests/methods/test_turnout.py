"""People behind visits: hand-computed numbers, and laws that hold for any counts."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omzien.methods.turnout import (
    CountsDoNotFit,
    Sample,
    TooFewMeetings,
    estimate_people,
    student,
)

# By hand: R = 10/100; residuals 0, 1, 0, 0, -1; variance of R = 0.9 * (2/4) / (5 * 20**2).
FIVE = Sample((10, 20, 10, 20, 40), (1, 3, 1, 2, 3), 100, 1_000, 50)


def test_five_meetings_give_two_hundred_people_with_a_standard_error_of_fifteen() -> None:
    people = estimate_people(FIVE)
    assert people.about == pytest.approx(200)
    assert people.high - people.about == pytest.approx(2.776 * 15, abs=0.02)
    assert people.about - people.low == pytest.approx(2.776 * 15, abs=0.02)


@pytest.mark.parametrize(
    ("freedom", "published"), [(4, 2.776), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)]
)
def test_student_is_that_of_the_tables(freedom: int, published: float) -> None:
    assert student(0.95, freedom=freedom) == pytest.approx(published, abs=0.001)


def test_when_every_meeting_was_asked_there_is_no_doubt_left() -> None:
    all_of_them = Sample(FIVE.came, FIVE.new, 100, 50, 5)
    people = estimate_people(all_of_them)
    assert people.low == people.about == people.high == 105


def test_there_are_never_fewer_people_than_were_seen_nor_more_than_visits() -> None:
    people = estimate_people(Sample((10,) * 5, (10, 0, 10, 0, 10), 50, 60, 60))
    assert (people.low, people.high) == (50, 110)


def test_a_group_of_regulars_is_as_many_people_as_it_is() -> None:
    # Twenty people who come every week of the year, nobody else: five such groups.
    people = estimate_people(Sample((20,) * 10, (0,) * 10, 100, 5 * 20 * 41, 5 * 42))
    assert people.low == people.about == people.high == 100


def test_in_a_year_played_out_the_truth_is_not_exceeded_by_much() -> None:
    # Thirty groups of fifteen regulars who come two weeks in three; each week now and then
    # somebody new, who comes once.
    rng = Random(11)  # noqa: S311 - a play, no secrets
    truth, visits, meetings, start = 30 * 15, 0, 0, 0
    came, new = [], []
    for _group, week in product(range(30), range(1, 53)):
        regulars, first_time = sum(rng.random() < 2 / 3 for _ in range(15)), rng.random() < 0.4
        truth += first_time
        if week in {11, 41}:
            came.append(regulars + first_time)
            new.append(int(first_time))
        start += (regulars + first_time) * (week == 11)
        visits += (regulars + first_time) * (week > 11)
        meetings += week >= 11
    people = estimate_people(Sample(tuple(came), tuple(new), start, visits, meetings))
    assert 0.6 * truth < people.about < 1.05 * truth


@pytest.mark.parametrize(
    "came", [(1, 2, 3, 4), (0, 0, 0, 0, 0)], ids=["four meetings", "nobody came"]
)
def test_too_few_meetings_are_refused(came: tuple[int, ...]) -> None:
    with pytest.raises(TooFewMeetings):
        Sample(came, (0,) * len(came), 100, 1_000, 50)


@pytest.mark.parametrize(
    ("new", "start", "visits", "meetings"),
    [
        ((11, 0, 0, 0, 0), 100, 1_000, 50),
        ((-1, 0, 0, 0, 0), 100, 1_000, 50),
        ((0, 0, 0, 0), 100, 1_000, 50),
        ((0, 0, 0, 0, 0), -1, 1_000, 50),
        ((0, 0, 0, 0, 0), 100, -1, 50),
        ((0, 0, 0, 0, 0), 100, 1_000, 4),
    ],
)
def test_counts_that_do_not_fit_are_refused(
    new: tuple[int, ...], start: int, visits: int, meetings: int
) -> None:
    with pytest.raises(CountsDoNotFit):
        Sample(FIVE.came, new, start, visits, meetings)


counts = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 60)).map(lambda pair: (pair[0], min(pair))),
    min_size=5,
    max_size=12,
)


@given(counts, st.integers(1, 50))
def test_the_estimate_lies_within_its_interval(pairs: list[tuple[int, int]], times: int) -> None:
    came, new = (tuple(column) for column in zip(*pairs, strict=True))
    start, after = sum(came), sum(came) * times
    people = estimate_people(Sample(came, new, start, after, len(came) * times))
    assert people.low <= people.about + 1e-9
    assert people.about <= people.high + 1e-9
    assert start <= people.low
    assert people.high <= start + after


@given(counts, st.integers(2, 50))
def test_twice_as_many_visits_are_twice_as_many_new_people(
    pairs: list[tuple[int, int]], times: int
) -> None:
    came, new = (tuple(column) for column in zip(*pairs, strict=True))
    one, more = (
        estimate_people(Sample(came, new, 0, sum(came) * many, len(came) * times)).about
        for many in (1, times)
    )
    assert more == pytest.approx(one * times)
