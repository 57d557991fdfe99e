"""The interface in simple records: what it gives, what it refuses, and what it says of itself.

The rules are those of the NL API Design Rules; each is looked up in the description as the
published checks do, or asked of the answers themselves.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
import time_machine
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate
from schemathesis.core.result import Ok

from omzien.base.catalogue.models import Meeting, Offer
from omzien.base.exchange.api.simple import VERSION, api
from omzien.base.exchange.queries import simple
from tests.base.exchange.town import LAKE, MEADOW, NOW, PIANO, SECRET_WORDS, VISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings
    from schemathesis import Case
    from schemathesis.schemas import BaseSchema

pytestmark = pytest.mark.usefixtures("town", "_on_a_tuesday")
ROOT = "/api/v1"
LISTS = ("/meetings", "/offers", "/themes")
TRIED = trials(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
KEBAB = re.compile(r"/([a-z0-9.\-]+|\{[^}]+\})(/([a-z0-9.\-]+|\{[^}]+\}))*")
CAMEL = re.compile(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*")
UPPER_CAMEL = re.compile(r"([A-Z][a-z\d]*)+")
SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


@pytest.fixture
def _on_a_tuesday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def ask(path: str, **query: str | int) -> Any:  # noqa: ANN401 - JSON of any shape
    answer = Client().get(f"{ROOT}{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def names(page: Any) -> list[str]:  # noqa: ANN401 - JSON of any shape
    return [one["name"] for one in page["items"]]


def described() -> Any:  # noqa: ANN401 - JSON of any shape
    return json.loads(json.dumps(api.get_openapi_schema()))


# --- What it gives ------------------------------------------------------------------------------


def test_offers_come_by_name_and_by_the_page() -> None:
    assert names(ask("/offers")) == sorted(row.name for row in VISIBLE)
    page = ask("/offers", page=2, perPage=2)
    assert (page["totalItems"], page["totalPages"], page["page"]) == (5, 3, 2)
    assert names(page) == sorted(row.name for row in VISIBLE)[2:4]
    assert ask("/offers", page=9)["items"] == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"theme": "kunst"}, {"Pianoclub"}),
        ({"area": LAKE}, {"Rondje om de plas"}),
        ({"area": MEADOW, "theme": "bewegen"}, set()),
        ({"free": "true"}, {"Rondje om de plas"}),
    ],
)
def test_what_is_asked_narrows_the_list(query: dict[str, str], expected: set[str]) -> None:
    assert set(names(ask("/offers", **query))) == expected


def test_an_offer_says_what_a_page_of_somebody_else_needs() -> None:
    offer = ask(f"/offers/{PIANO.key}")
    assert offer["organisation"]["name"] == "Piano voor Buren"
    assert (offer["priceCents"], offer["phone"]) == (250, PIANO.phone)
    assert offer["page"].endswith(f"/{Offer.objects.get(name='Pianoclub').slug}/")
    assert offer["location"]["area"] == MEADOW
    assert 52 < offer["location"]["latitude"] < 53
    assert offer["themes"] == ["kunst"]


def test_meetings_come_the_soonest_first_for_a_week_or_for_the_days_that_are_asked() -> None:
    week = ask("/meetings", perPage=500)["items"]
    moments = [one["startsAt"] for one in week]
    assert moments == sorted(moments)
    assert moments[0] >= NOW.date().isoformat()
    assert moments[-1] < (NOW + timedelta(days=7)).date().isoformat()
    day = ask("/meetings", firstDay="2026-11-18", lastDay="2026-11-18", theme="kunst")
    assert [(one["startsAt"], one["offer"]["name"]) for one in day["items"]] == [
        ("2026-11-18T14:00:00+01:00", "Pianoclub")
    ]


def test_days_the_wrong_way_round_have_nothing_in_them() -> None:
    assert ask("/meetings", firstDay="2026-11-18", lastDay="2026-11-17")["items"] == []
    assert ask("/meetings", firstDay="9999-12-31")["items"] == []


def test_what_is_over_or_hidden_is_not_there() -> None:
    today = ask("/meetings", lastDay="2026-11-03")
    first = today["items"][0]
    moment = Meeting.objects.get(offer__key=first["offer"]["id"], starts_at=first["startsAt"])
    moment.starts_at, moment.ends_at = NOW - timedelta(hours=2), NOW - timedelta(hours=1)
    moment.save()
    again = ask("/meetings", lastDay="2026-11-03")
    assert again["items"] == [
        one for one in today["items"] if one["startsAt"] != first["startsAt"]
    ]
    assert "Nog niet" not in names(ask("/offers"))


def test_the_reader_s_language_changes_nothing() -> None:
    answers = {
        Client().get(f"{ROOT}/offers", headers={"Accept-Language": language}).content
        for language in ("nl", "en")
    }
    assert len(answers) == 1


def test_words_for_professionals_are_in_no_record() -> None:
    for path in (*LISTS, f"/offers/{PIANO.key}"):
        text = Client().get(f"{ROOT}{path}").content.decode()
        assert [word for word in SECRET_WORDS if word in text] == []


@pytest.mark.parametrize("path", LISTS)
def test_a_page_takes_the_same_number_of_queries_for_one_and_for_five(path: str) -> None:
    counts = []
    for size in (1, 5):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(path, perPage=size)
        counts.append(len(queries))
    assert counts[0] == counts[1] < 8


# --- What it refuses ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/offers?page=0", 400),
        ("/offers?perPage=501", 400),
        ("/offers?theme=geen", 404),
        ("/meetings?area=BU1", 404),
        ("/meetings?firstDay=gisteren", 400),
        ("/offers/geen-nummer", 400),
        (f"/offers/{PIANO.key}0", 400),
        ("/offers/00000000-0000-4000-8000-000000000000", 404),
        ("/nothing", 404),
        ("/", 404),
    ],
)
def test_every_error_is_a_problem(path: str, status: int) -> None:
    assert_problem(Client().get(f"{ROOT}{path}"), status)


def test_another_method_than_get_is_a_problem_that_names_it() -> None:
    answer = Client().post(f"{ROOT}/offers")
    assert_problem(answer, 405)
    assert answer["Allow"] == "GET"


def test_a_fault_of_our_own_is_a_problem_and_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise DatabaseError("secret")

    monkeypatch.setattr(simple, "theme_records", fail)
    answer = Client(raise_request_exception=False).get(f"{ROOT}/themes")
    assert_problem(answer, 500)
    assert "secret" not in answer.content.decode()


def assert_problem(answer: Any, status: int) -> None:  # noqa: ANN401 - any answer
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer["API-Version"] == VERSION
    told = json.loads(answer.content)
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    if status == 400:
        assert all(one["name"] and one["reason"] for one in told["invalidParams"])


# --- What it says of itself ---------------------------------------------------------------------


def operations() -> list[tuple[str, str, Any]]:
    return [
        (path, method, operation)
        for path, methods in described()["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_description_is_openapi_and_stands_where_it_should() -> None:
    validate(described())
    assert ask("/openapi.json") == described()
    assert "/openapi.json" in described()["paths"]


def test_the_version_is_semantic_and_its_major_part_stands_in_the_address(
    settings: Settings,
) -> None:
    assert SEMVER.fullmatch(described()["info"]["version"])
    assert described()["servers"] == [{"url": "/api/v1"}]
    settings.SITE_URL = "https://kaart.example"
    assert described()["servers"] == [{"url": "https://kaart.example/api/v1"}]


def test_it_says_whom_to_ask() -> None:
    assert all(described()["info"]["contact"][name] for name in ("name", "email", "url"))


def test_addresses_are_in_kebab_case_without_a_slash_behind() -> None:
    assert [path for path, _method, _about in operations() if not KEBAB.fullmatch(path)] == []
    assert {method for _path, method, _about in operations()} == {"get"}


def test_query_keys_and_fields_are_camel_case_and_schemas_begin_with_a_capital() -> None:
    schemas = described()["components"]["schemas"]
    keys = [
        parameter["name"]
        for _path, _method, about in operations()
        for parameter in about.get("parameters", [])
    ]
    fields = [name for schema in schemas.values() for name in schema["properties"]]
    assert [name for name in (*keys, *fields) if not CAMEL.fullmatch(name)] == []
    assert [name for name in schemas if not UPPER_CAMEL.fullmatch(name)] == []
    assert {"firstDay", "perPage", "invalidParams"} <= {*keys, *fields} | set(
        schemas["Problem"]["properties"]
    )


def test_every_answer_names_the_version_and_every_error_is_problem_json() -> None:
    for path, _method, about in operations():
        for status, answer in about["responses"].items():
            assert "API-Version" in answer["headers"], path
            if status.startswith(("4", "5")):
                assert set(answer["content"]) == {"application/problem+json"}, path
        assert "400" in about["responses"] or not about.get("parameters"), path


def test_every_operation_has_a_name_a_description_and_a_tag() -> None:
    tags = {tag["name"] for tag in described()["tags"]}
    for path, _method, about in operations():
        assert about["operationId"], path
        assert about["summary"], path
        assert about["description"], path
        assert set(about["tags"]) <= tags, path
    names_of = [about["operationId"] for _path, _method, about in operations()]
    assert len(set(names_of)) == len(names_of)


def test_what_is_a_date_or_a_moment_says_so() -> None:
    for schema in described()["components"]["schemas"].values():
        for name, field in schema["properties"].items():
            if name.endswith(("Date", "Day")):
                assert field["format"] == "date"
            if name.endswith("At"):
                assert field["format"] == "date-time"


def test_nothing_in_the_description_is_left_over() -> None:
    text = json.dumps(described())
    shapes = described()["components"]["schemas"]
    assert [name for name in shapes if f'/schemas/{name}"' not in text] == []


@pytest.mark.parametrize("path", [*LISTS, "/offers/{id}"])
def test_every_record_is_as_described(path: str) -> None:
    description = described()
    for schema in description["components"]["schemas"].values():
        schema["additionalProperties"] = False
    answer = description["paths"][path]["get"]["responses"]["200"]
    schema = answer["content"]["application/json"]["schema"]
    whole = schema | {"components": description["components"]}
    record = ask(path.replace("{id}", str(PIANO.key)))
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(record)


@pytest.fixture
def interface(settings: Settings) -> Iterator[BaseSchema]:
    """Return the interface as its description says it is, in the transaction of the test."""
    settings.ALLOWED_HOSTS = ["localhost"]
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(f"{ROOT}/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_whatever_is_asked_the_answer_is_as_described(interface: BaseSchema) -> None:
    found = [one.ok() for one in interface.get_all_operations() if isinstance(one, Ok)]
    for operation in found:

        @TRIED
        @given(case=operation.as_strategy())
        def asked(case: Case[Any]) -> None:
            case.call_and_validate()

        asked()
    # Its own description is not asked for again.
    assert len(found) == 4
