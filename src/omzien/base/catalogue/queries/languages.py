"""The languages in which something is held, by ISO code, in words."""

from __future__ import annotations

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.queries.offers import visible_offers

# The languages to choose from, in the order of a form; the first are spoken most in the towns.
SPOKEN = (
    *("nl", "en", "tr", "ar", "ber", "pap", "srn", "hns", "zh", "pl"),
    *("bg", "es", "fr", "de", "uk", "ru", "fa", "ti", "so"),
)
# Languages of this country that Django has no name for.
OTHER_LANGUAGES = {
    "ber": _("Berber"),
    "hns": _("Sarnami"),
    "pap": _("Papiamento"),
    "ps": _("Pashto"),
    "rif": _("Tarifit"),
    "so": _("Somali"),
    "srn": _("Sranan Tongo"),
    "ti": _("Tigrinya"),
    "zgh": _("Tamazight"),
    "zh": _("Chinese"),
}


def language_name(code: str) -> str:
    """Name a language; a code that nobody knows is shown as it is."""
    if code in OTHER_LANGUAGES:
        return str(OTHER_LANGUAGES[code])
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def languages_to_tick() -> list[tuple[str, str]]:
    """Return what a form offers to choose from."""
    return [(code, language_name(code)) for code in SPOKEN]


def languages_in_use() -> list[str]:
    """Return the codes that visible offers name, each once."""
    found = visible_offers().values_list("languages", flat=True).distinct().order_by("languages")
    return list(dict.fromkeys(code for codes in found for code in codes))
