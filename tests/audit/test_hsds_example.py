"""The standard's own example of a service, read as one of another directory (HSDS 3.0)."""

from __future__ import annotations

import json

from omzien.base.exchange.importers.hsds.records import read_services
from tests.audit.standards import standard

HSDS = "hsds-3.0"


def test_the_standard_s_own_example_is_understood() -> None:
    example = json.loads(
        standard(f"{HSDS}/examples/examples_service_full.json").read_text("utf-8")
    )
    read = read_services([example], source_name="Example")
    assert [offer.name for offer in read.offers] == [example["name"]]
    assert read.organisations[0].name == example["organization"]["name"]
    assert [row.ref for row in read.locations] == [
        example["service_at_locations"][0]["location"]["id"]
    ]
    # Weeks of the year and days of the month beside weeks: there are no words for that here.
    assert {"byweekno" in row.why for row in read.skipped} == {True}
