"""What the HSDS interface says of itself is true: a machine asks all that it allows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate
from schemathesis.core.result import Ok

from omzien.base.exchange.api.hsds import api
from tests.base.exchange.test_hsds import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings
    from schemathesis import Case
    from schemathesis.schemas import BaseSchema

    from tests.base.exchange.conftest import Ask

TRIED = trials(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def described() -> dict[str, Any]:
    """Return the description, in which a field that it does not name is a mistake."""
    description: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
    for schema in description["components"]["schemas"].values():
        schema["additionalProperties"] = False
    return description


def test_the_description_is_openapi() -> None:
    validate(described())


@pytest.mark.parametrize(("path", "query"), EVERYTHING)
def test_every_record_is_as_described(ask: Ask, path: str, query: dict[str, str]) -> None:
    description = described()
    answer = description["paths"][f"/hsds{path}"]["get"]["responses"]["200"]
    schema = answer["content"]["application/json"]["schema"]
    whole = schema | {"components": description["components"]}
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(ask(path, **query))


@pytest.fixture
def interface(town: None, settings: Settings) -> Iterator[BaseSchema]:
    """Return the interface as its description says it is, in the transaction of the test."""
    del town
    settings.ALLOWED_HOSTS = ["localhost"]
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/hsds/openapi.json", get_wsgi_application())
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
    assert len(found) == 11
