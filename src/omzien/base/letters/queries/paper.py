"""Letters and leaflets as PDF that a screen reader can read."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATES = Path(__file__).resolve().parent.parent / "typst"
# Made at set-up from the web font (`manage.py letter_fonts`), not kept in git.
FONTS = TEMPLATES / "fonts"


class FontsMissing(Exception):
    """The fonts for letters have not been made yet: run `manage.py letter_fonts`."""


def render_pdf(template: str, data: Mapping[str, object]) -> bytes:
    """Return a tagged PDF (PDF/UA-1) of `typst/<template>.typ`, filled with `data`.

    `letter` takes `letters`: for each person name, address (lines), date, reference, subject,
    salutation, paragraphs, action (title, text) and signatory (name, role). `leaflet` takes lead,
    parts (title, paragraphs, points) and action. What `neighbourhood` and `overview` take stands
    at the head of their templates. All take `title`, and `language` (else nl).

    All in memory: nothing about a person is written to disk.
    """
    values = {"language": "nl", **data}
    with translation.override(str(values["language"])):
        values |= said_in_all()
    return typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(values)},
        pdf_standards="ua-1",
    )


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Return our typeface and nothing of the machine's, so that a letter looks alike anywhere."""
    if not any(FONTS.glob("*.ttf")):
        raise FontsMissing
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def said_in_all() -> dict[str, object]:
    """Return the sender, the phone number of a human, and the fixed words, in one language."""
    return {
        "sender": _("Omzien, municipality of %(name)s") % {"name": settings.MUNICIPALITY_NAME},
        "phone": settings.PHONE,
        "site": urlsplit(settings.SITE_URL).netloc,
        "words": {
            "page": _("page {page} of {pages}"),
            "reference": _("Our reference:"),
            "call": _("Do you have a question? Ring"),
            "regards": _("Kind regards,"),
        },
    }
