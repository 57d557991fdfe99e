"""A calendar of an organisation on a server of its own, on this machine: it knows what we have."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Buurthuis//NL")
FOOT = ("END:VCALENDAR",)


class Host:
    """What is at the address now, and what was asked of it."""

    def __init__(self) -> None:
        self.content, self.etag, self.modified, self.status = b"", "", "", 200
        self.asked: list[dict[str, str]] = []

    def put(self, *events: Iterable[str], etag: str = "") -> None:
        """Put a calendar of these events at the address."""
        self.content, self.etag = calendar(*events), etag


class CalendarHost(BaseHTTPRequestHandler):
    host: Host

    def do_GET(self) -> None:
        host = self.host
        host.asked.append(dict(self.headers))
        same = host.etag and self.headers.get("If-None-Match") == host.etag
        if same or host.status != 200:
            self.send_response(304 if same else host.status)
            self.end_headers()
            return
        self.send_response(200)
        for name, mark in {"ETag": host.etag, "Last-Modified": host.modified}.items():
            if mark:
                self.send_header(name, mark)
        self.send_header("Content-Length", str(len(host.content)))
        self.end_headers()
        self.wfile.write(host.content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's word
        """Say nothing."""


def calendar(*events: Iterable[str]) -> bytes:
    lines = [*HEAD, *(line for event in events for line in event), *FOOT]
    return "\r\n".join(lines).encode() + b"\r\n"


def event(
    uid: str, name: str = "Koffie", *lines: str, start: str = "20261110T100000"
) -> list[str]:
    """Return an event of two hours, on a Tuesday in Amsterdam, with more lines."""
    zone = ";TZID=Europe/Amsterdam"
    end = f"{start[:9]}{int(start[9:11]) + 2:02}{start[11:]}"
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:20261101T100000Z",
        f"SUMMARY:{name}",
        f"DTSTART{zone}:{start}",
        f"DTEND{zone}:{end}",
        *lines,
        "END:VEVENT",
    ]
