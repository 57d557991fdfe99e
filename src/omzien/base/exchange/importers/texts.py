"""Bytes from elsewhere as text or JSON, refused with a sentence where they are neither."""

from __future__ import annotations

import json
import re
from typing import Any

from omzien.base.exchange.importers import errors

PAGE = (b"<!doctype", b"<html", b"<head", b"<body")
# Control characters have no place in a name or a text; tabs and new lines do.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]")


def text_of(data: bytes) -> str:
    """Return bytes as text in UTF-8; refuse nothing at all, a web page, and other letters."""
    if not data.strip():
        raise errors.Empty
    if data.lstrip()[:15].lower().startswith(PAGE):
        raise errors.WebPage
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise errors.WrongLetters(f"byte {broken.start}") from broken
    if "\x00" in text:
        raise errors.WrongLetters("it looks like UTF-16")
    return text


def json_of(data: bytes) -> Any:  # noqa: ANN401 - JSON of any shape
    """Return bytes as JSON; a text that stops half-way is half of it."""
    text = text_of(data)
    try:
        return json.loads(text)
    except json.JSONDecodeError as broken:
        raise errors.HalfOfIt(f"line {broken.lineno}: {broken.msg}") from broken
    except RecursionError as broken:
        raise errors.OtherShape("it is nested without end") from broken


def one_line(text: str, most: int) -> str:
    """Return text as one line of at most so many letters; what is cut off shows as …."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def has_control(text: str) -> bool:
    return bool(CONTROL.search(text))
