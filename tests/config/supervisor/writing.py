"""A web application that writes one row per request and answers once it is committed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# The tables of the site are there; this one keeps what the test was told is safe.
WRITE = """
INSERT INTO journal_entry (at, actor_key, actor_role, verb, subject_type, reason)
VALUES (now(), gen_random_uuid(), 'test', 'test.write', 'test', %s)
"""


def application(
    environ: dict[str, str], start_response: Callable[[str, list[tuple[str, str]]], object]
) -> Iterable[bytes]:
    """Answer 200 only for what the database has acknowledged."""
    number = parse_qs(environ.get("QUERY_STRING", "")).get("n")
    try:
        if number:
            with psycopg.connect(os.environ["DATABASE_URL"]) as database:
                database.execute(WRITE, [f"n{number[0]}"])
    except psycopg.Error:
        start_response("503 Service Unavailable", [])
        return [b""]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"kept"]
