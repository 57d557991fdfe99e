"""Another directory by HSDS, on this machine: with pages, a moment to ask from, and bad days."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Record = dict[str, Any]

HALL: Record = {
    "id": "hall",
    "location_type": "physical",
    "name": "Town Hall",
    "latitude": "52.06",
    "longitude": "4.49",
    "addresses": [
        {"address_1": "Main Street 1", "city": "Zoetermeer", "postal_code": "2711 aa"},
    ],
    "accessibility": [{"description": "A ramp at the back"}],
}
CHURCH: Record = {"id": "church", "location_type": "physical", "name": "The Church"}
WALKERS: Record = {
    "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
    "name": "Walkers",
    "description": "They walk.",
    "website": "not an address",
    "phones": [{"number": '"+31 79 123 4567"'}],
    "organization_identifiers": [{"identifier_scheme": "NL-KVK", "identifier": "87654321"}],
}
STROLL: Record = {
    "id": "stroll",
    "name": "Stroll",
    "description": "Walk along. Everybody is welcome.",
    "status": "active",
    "last_modified": "2026-10-01T10:00:00Z",
    "application_process": "Just ring.",
    "minimum_age": "18",
    "organization": WALKERS,
    "contacts": [{"name": "Ann Persona", "email": "ann@example.org"}],
    "languages": [{"name": "Dutch"}, {"code": "tr"}],
    "cost_options": [{"option": "a time", "amount": 2.5, "currency": "EUR"}],
    "schedules": [
        {"dtstart": "2026-11-02", "freq": "WEEKLY", "byday": "MO,TH", "opens_at": "10:00"},
        {"dtstart": "2026-11-02", "freq": "WEEKLY", "byweekno": "41,42", "opens_at": "10:00"},
    ],
    "attributes": [{"taxonomy_term": {"id": "x", "name": "Bewegen"}}],
    "service_at_locations": [
        {"id": "stroll-hall", "location": HALL},
        {"id": "stroll-church", "location": CHURCH},
    ],
}
ADVICE: Record = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Advice",
    "status": "temporarily closed",
    "last_modified": "2026-11-01T10:00:00Z",
    "organization": {"id": "desk", "name": "The Desk"},
    "schedules": [],
}
NAMELESS: Record = {
    "id": "nameless",
    "name": " ",
    "status": "active",
    "last_modified": "2026-11-02T10:00:00Z",
    "organization": {"id": "desk", "name": "The Desk"},
    "schedules": [],
}
SERVICES = (STROLL, ADVICE, NAMELESS)
SHORT = ("id", "name", "status", "last_modified")


class Directory(BaseHTTPRequestHandler):
    """Answers as the standard says, under `/hsds`; under other names as directories also do."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(unquote(self.path))
        parts = urlsplit(self.path)
        name, _slash, identifier = parts.path.strip("/").partition("/services")
        asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        answers: Mapping[str, Callable[[], object]] = {
            "hsds": lambda: page(asked),
            "short": lambda: page(asked, *SHORT),
            "endless": lambda: (
                page(asked | {"page": "1"}) | {"total_pages": 9, "last_page": False}
            ),
            "list": lambda: list(SERVICES),
            "wrong": lambda: {"error": "no"},
        }
        if identifier:
            self.give(json.dumps(by_id(identifier.strip("/"))).encode())
        elif name in answers:
            self.give(json.dumps(answers[name]()).encode())
        elif name == "away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif name == "half":
            self.give(b'{"contents": [', length=1000)
        elif name == "page":
            self.give(b"<!DOCTYPE html><p>Welcome</p>")
        else:
            self.send_error(503)

    def give(self, content: bytes, *, length: int = 0) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(length or len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's word
        """Say nothing."""


def page(asked: Mapping[str, str], *fields: str) -> Record:
    """Return a page of one service, so that there is more than one page."""
    since = asked.get("modified_after", "")
    found = [service for service in SERVICES if service["last_modified"] > since]
    number = int(asked.get("page", "1"))
    some = found[number - 1 : number]
    return {
        "total_items": len(found),
        "total_pages": len(found),
        "page_number": number,
        "size": len(some),
        "last_page": number >= len(found),
        "empty": not some,
        "contents": [{key: one[key] for key in fields or one} for one in some],
    }


def by_id(identifier: str) -> Record:
    return next(service for service in SERVICES if service["id"] == identifier)
