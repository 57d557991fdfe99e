"""The open social map judged by the standard's own description and schemas (HSDS 3.0)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.audit.standards import schema_of, standard
from tests.base.exchange.town import fill
from tests.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tests.cluster import TestCluster

HSDS = "hsds-3.0"
# The description names the answer 200 alone; these four need not stand in it.
WAIVED_STATUSES = {400, 401, 404, 429}
UNDOCUMENTED = "UndefinedStatusCode"
TRIALS = "200" if os.environ.get("OMZIEN_AUDIT") == "1" else "20"
LISTED = {
    "/services": "service_list.json",
    "/organizations": "organization_list.json",
    "/service_at_locations": "service_at_location_list.json",
}
WHOLE = {
    "/services": "service.json",
    "/organizations": "organization.json",
    "/service_at_locations": "service_at_location.json",
}


@pytest.fixture(scope="module")
def site(
    template: TestCluster, worker_name: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    name = f"hsds_{worker_name}"
    with served(template, django_db_blocker, name=name, fill=fill) as address:
        yield f"{address}/hsds"


def asked(address: str) -> Any:  # noqa: ANN401 - JSON of any shape
    with urlopen(address) as answer:  # noqa: S310 - the site of this test
        return json.load(answer)


def faults(records: list[Any], schema_name: str) -> list[str]:
    schema = schema_of(f"{HSDS}/{schema_name}")
    judge = Draft202012Validator(schema, format_checker=FormatChecker())
    return [
        f"{fault.json_path}: {fault.message}"
        for record in records
        for fault in judge.iter_errors(record)
    ]


def test_a_machine_that_knows_the_standard_finds_no_fault(site: str, tmp_path: Path) -> None:
    program = str(Path(sys.executable).parent / "schemathesis")
    description = str(standard(f"{HSDS}/openapi-inlined.json"))
    options = ["--url", site, "--max-examples", TRIALS]
    reports = ["--report", "ndjson,json", "--report-dir", str(tmp_path)]
    done = subprocess.run(
        [program, "run", description, *options, *reports],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(next(tmp_path.glob("json-*.json")).read_text(encoding="utf-8"))
    assert report["operations"]["tested"] == 11, done.stdout[-3000:]
    assert report["errors"] == []
    assert {one["type"] for one in report["failures"]} <= {UNDOCUMENTED}, done.stdout[-3000:]
    assert undocumented(next(tmp_path.glob("ndjson-*.ndjson"))) <= WAIVED_STATUSES


def undocumented(report: Path) -> set[int]:
    """Return the statuses of all answers in a report but 200."""
    lines = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    records = [line.get("ScenarioFinished", {}).get("recorder", {}) for line in lines]
    asked = [one for record in records for one in record.get("interactions", {}).values()]
    answers = [one["response"] for one in asked if one.get("response")]
    assert answers
    # 405 is how HTTP itself answers another method than GET.
    return {answer["status_code"] for answer in answers} - {200, 405}


@pytest.mark.parametrize(("path", "schema_name"), LISTED.items())
def test_every_listed_record_is_valid(site: str, path: str, schema_name: str) -> None:
    page = asked(f"{site}{path}?per_page=500")
    assert page["size"] == page["total_items"] > 2
    assert faults(page["contents"], schema_name) == []


@pytest.mark.parametrize(("path", "schema_name"), WHOLE.items())
@pytest.mark.parametrize("query", ["full=true", "full=true&full_service=true"])
def test_every_whole_record_is_valid(site: str, path: str, schema_name: str, query: str) -> None:
    page = asked(f"{site}{path}?per_page=500&{query}")
    assert page["size"] == page["total_items"] > 2
    assert faults(page["contents"], schema_name) == []
    alone = [asked(f"{site}{path}/{record['id']}") for record in page["contents"]]
    assert faults(alone, schema_name) == []


def test_the_judge_sees_a_record_that_is_wrong() -> None:
    assert faults([{"id": "no uuid", "name": 3, "status": "open"}], "service.json") != []
