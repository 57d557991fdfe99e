"""Three programs that know nothing of each other see the same moments in a calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from omzien.methods.recurrence.calendars.entries import Trouble
from omzien.methods.recurrence.calendars.reading import from_calendar
from omzien.methods.recurrence.calendars.writing import to_calendar
from omzien.methods.recurrence.expand import meetings
from tests.methods.recurrence.programs import Moments, by_ical_js, by_recurring_ical_events
from tests.methods.recurrence.schedules import CHANGED, TRICKY, entry
from tests.methods.recurrence.strategies import plans

if TYPE_CHECKING:
    from omzien.methods.recurrence.plans import Plan

AFTER, BEFORE = datetime(2025, 7, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)


def by_us(plan: Plan) -> Moments:
    found = meetings(plan, after=AFTER, before=BEFORE)
    return [(each.start.astimezone(UTC), each.end.astimezone(UTC)) for each in found]


@pytest.mark.parametrize("name", TRICKY)
def test_three_programs_see_the_same_moments(name: str) -> None:
    ours = by_us(TRICKY[name])
    calendar = to_calendar("Proef", [entry(TRICKY[name])])
    assert ours
    assert by_recurring_ical_events(calendar, after=AFTER, before=BEFORE) == ours
    assert by_ical_js(calendar, after=AFTER, before=BEFORE) == ours


@settings(deadline=None, max_examples=60)
@given(plans())
def test_another_program_sees_the_same_moments_in_any_plan(plan: Plan) -> None:
    calendar = to_calendar("Proef", [entry(plan)])
    assert by_recurring_ical_events(calendar, after=AFTER, before=BEFORE) == by_us(plan)


@settings(deadline=None)
@given(plans())
def test_what_is_written_is_read_back_as_the_same_moments(plan: Plan) -> None:
    written = to_calendar("Proef", [entry(plan)])
    entries, problems = from_calendar(written, now=CHANGED)
    read = (meeting for each in entries for meeting in by_us(each.plan))
    assert sorted(read) == by_us(plan)
    # An event is left out only where all of its meetings were taken out.
    assert {problem.trouble for problem in problems} <= {Trouble.NEVER}
