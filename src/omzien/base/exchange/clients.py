"""Fetching from other directories and calendars; nothing else goes out from exchange.

Only web addresses, only so much and only so long, and never into the network that this server
stands in: an address comes from a person, and could name a machine that only we can reach.
"""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    getproxies,
)

from django.conf import settings

from omzien.base.exchange.importers.errors import Refused
from omzien.base.exchange.importers.hsds.pages import Page, page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

AT_MOST = 50_000_000
SECONDS, SECONDS_IN_ALL = 20, 120
CHUNK = 1 << 16
PER_PAGE, MOST_PAGES = 100, 10_000


class CannotFetch(Refused):
    """It cannot be fetched: check the address, and try again later."""


class NotPublic(Refused):
    """The address leads into a closed network: give one that everybody can reach."""


class NotAWebAddress(Refused):
    """This is no web address: it begins with https:// or http://."""


class NotChanged(Refused):
    """It is what it was."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was at an address, and by which marks its server knows it again."""

    content: bytes
    etag: str = ""
    modified: str = ""


def fetch(address: str, *, at_most: int = AT_MOST, seconds: float = SECONDS_IN_ALL) -> bytes:
    """Return what is at a web address, whole or not at all."""
    return ask(address, {}, at_most=at_most, seconds=seconds).content


def fetch_changed(
    address: str, *, etag: str = "", modified: str = "", at_most: int = AT_MOST
) -> Answer | None:
    """Return what is at a web address; None where it is what it was at these marks."""
    marks = {"If-None-Match": etag, "If-Modified-Since": modified}
    try:
        return ask(address, {name: mark for name, mark in marks.items() if mark}, at_most=at_most)
    except NotChanged:
        return None


def ask(
    address: str,
    marks: Mapping[str, str],
    *,
    at_most: int = AT_MOST,
    seconds: float = SECONDS_IN_ALL,
) -> Answer:
    """Ask for what is at a web address, unless it is what it was at these marks."""
    if urlsplit(address).scheme not in {"http", "https"} or not urlsplit(address).hostname:
        raise NotAWebAddress
    headers = {"User-Agent": "Omzien", "Accept": "*/*", **marks}
    request = Request(address, headers=headers)  # noqa: S310 - http(s) only, checked above
    until = time.monotonic() + seconds
    try:
        with opener().open(request, timeout=SECONDS) as answer:
            content = whole(answer, at_most=at_most, until=until)
            said = answer.headers
            return Answer(content, said.get("ETag", ""), said.get("Last-Modified", ""))
    except HTTPError as problem:
        problem.close()
        if problem.code == HTTPStatus.NOT_MODIFIED and marks:
            raise NotChanged from problem
        raise CannotFetch(f"{problem.code} {problem.reason}") from problem
    except (URLError, OSError, http.client.HTTPException, ValueError) as problem:
        raise CannotFetch(str(problem)[:120]) from problem


def whole(answer: http.client.HTTPResponse, *, at_most: int, until: float) -> bytes:
    """Read an answer to its end, within its limits."""
    pieces, size = [], 0
    while piece := answer.read(CHUNK):
        size += len(piece)
        if size > at_most:
            raise CannotFetch(f"it is larger than {at_most // 1_000_000} MB")
        if time.monotonic() > until:
            raise CannotFetch("it takes too long")
        pieces.append(piece)
    expected = answer.headers.get("Content-Length")
    if expected and int(expected) != size:
        raise CannotFetch("the answer stopped half-way")
    return b"".join(pieces)


# --- Where connections may lead -----------------------------------------------------------------


def opener() -> OpenerDirector:
    """Return what opens web addresses alone: no files, no other schemes."""
    director = OpenerDirector()
    for handler in (
        ProxyHandler(),
        GuardedHandler(),
        GuardedSecureHandler(),
        HTTPDefaultErrorHandler(),
        HTTPRedirectHandler(),
        HTTPErrorProcessor(),
    ):
        director.add_handler(handler)
    return director


def refuse_private(connection: http.client.HTTPConnection) -> None:
    """Close a connection that leads into a closed network; a proxy of our own is trusted."""
    if settings.FETCH_PRIVATE or getproxies():
        return
    peer = ip_address(connection.sock.getpeername()[0])
    if not peer.is_global:
        connection.close()
        raise NotPublic


class Guarded(http.client.HTTPConnection):
    def connect(self) -> None:
        super().connect()
        refuse_private(self)


class GuardedSecure(http.client.HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        refuse_private(self)


class GuardedHandler(HTTPHandler):
    def http_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(Guarded, req)


class GuardedSecureHandler(HTTPSHandler):
    def https_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(GuardedSecure, req)


# --- Another directory --------------------------------------------------------------------------


def hsds_services(
    address: str, *, modified_after: datetime | None, report: Callable[[float], None]
) -> list[dict[str, Any]]:
    """Return all services of another directory, with all that belongs to them."""
    found = []
    for number, page in enumerate(hsds_pages(address, modified_after=modified_after), 1):
        found += page.records if page.nested else [one(address, each) for each in page.records]
        report(number / max(page.pages, number))
    return found


def hsds_pages(address: str, *, modified_after: datetime | None) -> Iterator[Page]:
    """Yield the pages of services, as many as there are."""
    asked: dict[str, str | int] = {"full": "true", "per_page": PER_PAGE}
    if modified_after:
        asked["modified_after"] = modified_after.isoformat()
    before: object = None
    for number in range(1, MOST_PAGES + 1):
        query = urlencode(asked | {"page": number})
        page = page_of(fetch(f"{address.rstrip('/')}/services?{query}"))
        first = page.records[0].get("id") if page.records else None
        # A directory that knows no pages gives the first one for ever.
        if number > 1 and first == before:
            return
        yield page
        if page.last:
            return
        before = first


def one(address: str, record: dict[str, Any]) -> dict[str, Any]:
    """Return one service whole, from a directory that lists only the beginnings."""
    identifier = urlencode({"": str(record.get("id", ""))})[1:]
    return page_of(fetch(f"{address.rstrip('/')}/services/{identifier}")).records[0]
