"""The languages that are spoken at offers here, by ISO code, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = {
    "nl": _("Dutch"),
    "en": _("English"),
    "tr": _("Turkish"),
    "ar": _("Arabic"),
    "ber": _("Berber"),
    "pap": _("Papiamento"),
    "srn": _("Sranan Tongo"),
    "hns": _("Sarnami"),
    "zh": _("Chinese"),
    "pl": _("Polish"),
    "bg": _("Bulgarian"),
    "es": _("Spanish"),
    "fr": _("French"),
    "de": _("German"),
    "uk": _("Ukrainian"),
    "ru": _("Russian"),
    "fa": _("Persian"),
    "ti": _("Tigrinya"),
    "so": _("Somali"),
}


def language_names(codes: Iterable[str]) -> list[str]:
    """Return languages in words; one that is not in the list by its code."""
    return [str(LANGUAGES.get(code, code)) for code in codes]
