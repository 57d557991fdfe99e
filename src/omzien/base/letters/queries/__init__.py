"""Reads of mail, opt-outs and tokens; and data to a finished message or PDF."""

from __future__ import annotations

from omzien.base.letters.queries.mail import (
    OPT_OUT,
    AddressKeyLost,
    LinkNotGood,
    address_hash,
    compose,
    has_opted_out,
    kind_of_link,
    latest_mails,
    mailbox,
    rendered,
    valid_token,
)
from omzien.base.letters.queries.paper import FONTS, FontsMissing, render_pdf

__all__ = [
    "FONTS",
    "OPT_OUT",
    "AddressKeyLost",
    "FontsMissing",
    "LinkNotGood",
    "address_hash",
    "compose",
    "has_opted_out",
    "kind_of_link",
    "latest_mails",
    "mailbox",
    "render_pdf",
    "rendered",
    "valid_token",
]
