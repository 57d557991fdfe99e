"""Two programs for calendars that nobody here wrote, asked for the moments in a calendar."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import recurring_ical_events
from icalendar import Calendar

ROOT = Path(__file__).parents[3]
Moments = list[tuple[datetime, datetime]]

# Reads a calendar and two moments; writes when each event in between begins and ends.
SCRIPT = """
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const { calendar, after, before } = JSON.parse(readFileSync(0, "utf8"));
const root = new ICAL.Component(ICAL.parse(calendar));
for (const zone of root.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const events = root.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each));
const found = [];
for (const event of events.filter((each) => !each.isRecurrenceException())) {
  for (const other of events.filter((each) => each.isRecurrenceException()))
    if (other.uid === event.uid) event.relateException(other);
  const iterator = event.iterator();
  let next;
  while ((next = iterator.next())) {
    if (next.toUnixTime() > before + 366 * 86400) break;
    const { startDate, endDate } = event.getOccurrenceDetails(next);
    found.push([startDate.toUnixTime(), endDate.toUnixTime()]);
  }
}
console.log(JSON.stringify(found.filter(([start]) => start >= after && start < before)));
"""


def by_ical_js(calendar: bytes, *, after: datetime, before: datetime) -> Moments:
    asked = {
        "calendar": calendar.decode(),
        "after": after.timestamp(),
        "before": before.timestamp(),
    }
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", SCRIPT],  # noqa: S607 - Node.js of the set-up
        cwd=ROOT,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    return sorted(
        (datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))
        for start, end in found
    )


def by_recurring_ical_events(calendar: bytes, *, after: datetime, before: datetime) -> Moments:
    events = recurring_ical_events.of(Calendar.from_ical(calendar)).between(after, before)
    found = sorted((event.start.astimezone(UTC), event.end.astimezone(UTC)) for event in events)
    # It also names what began before and is still going on.
    return [(start, end) for start, end in found if after <= start < before]
