"""Lists of words and their terms as records, and attributes that point to them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from omzien.base.catalogue.models import Taxonomy, Term
from omzien.base.exchange.importers.hsds.vocabulary import (
    DETAIL_IDS,
    DETAIL_LIST,
    LIST_IDS,
    PUBLIC_LISTS,
    own_id,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise as Lazy

    Record = dict[str, Any]

VERSION = "1"
DETAIL_NAMES: dict[str, str | Lazy] = {
    "kind": _("Kind of offer"),
    "summary": _("In one sentence"),
    "open_to": _("Open to"),
    "booking": _("Signing up"),
    "capacity": _("How many can join"),
    "capacity_left": _("How many still can"),
    "at_home": _("Comes to people at home"),
    "by_phone": _("By telephone"),
    "transport_offered": _("You can be fetched"),
    "transport_note": _("About transport"),
    "first_time_together": _("Somebody can go with you the first time"),
    "recognition": _("Level in the databases of what works"),
    "recognised_until": _("Recognised until"),
    "check_by": _("Check again before"),
    "source_url": _("Page in the system that it comes from"),
    "change": _("A meeting that is cancelled, moved or added (JSON)"),
    "sector": _("Kind of party"),
    "step_free": _("No steps"),
    "wheelchair_toilet": _("Wheelchair toilet"),
    "hearing_loop": _("Hearing loop"),
    "rule": _("The rule of repetition in full (RFC 5545)"),
    "minutes": _("How long, in minutes"),
    "one_meeting": _("One meeting, told in a change of the service as well"),
    "filled_in": _("Fields that the standard demands, filled although nothing is known"),
}


def filled(**fields: object) -> Record:
    """Return the fields that say something: the standard knows no empty ones."""
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


@lru_cache(maxsize=16)
def list_name(name: str) -> str:
    with override(settings.LANGUAGE_CODE):
        return str(_("Details of Omzien") if name == DETAIL_LIST else Taxonomy(name).label)


@lru_cache(maxsize=16)
def list_record(name: str) -> Record:
    """Return one list of words."""
    about = _("Words by which offers are sorted, kept by the editors of this social map.")
    details = _("What this social map knows of an offer and the standard has no field for.")
    with override(settings.LANGUAGE_CODE):
        return filled(
            id=LIST_IDS[name],
            name=list_name(name),
            description=str(details if name == DETAIL_LIST else about),
            version=VERSION,
        )


def list_records() -> list[Record]:
    """Return the lists of words that everybody may see."""
    return [list_record(name) for name in (*PUBLIC_LISTS, DETAIL_LIST)]


def public_terms() -> QuerySet[Term]:
    """Return the words for everybody, in a lasting order."""
    return Term.objects.filter(taxonomy__in=PUBLIC_LISTS).order_by("taxonomy", "pk")


def words_by_name() -> dict[str, tuple[str, str]]:
    """Return our words by what they are called, in lower case: for words of others."""
    return {term.name.casefold(): (term.taxonomy, term.slug) for term in public_terms()}


def term_record(term: Term) -> Record:
    return word(
        str(term.key), term.taxonomy, f"{term.taxonomy}:{term.slug}", term.name, term.description
    )


@lru_cache(maxsize=64)
def detail_record(code: str) -> Record:
    """Return the term of one of our own details."""
    with override(settings.LANGUAGE_CODE):
        return word(DETAIL_IDS[code], DETAIL_LIST, code, str(DETAIL_NAMES[code]), "")


def word(key: str, taxonomy: str, code: str, name: str, description: str) -> Record:
    """Return a term; the standard demands a description."""
    return {
        "id": key,
        "code": code,
        "name": name,
        "description": description or name,
        "taxonomy": list_name(taxonomy),
        "taxonomy_id": LIST_IDS[taxonomy],
        "language": "nl",
    }


def with_list(term: Record, name: str) -> Record:
    """Return a term with the list that it stands in."""
    return term | {"taxonomy_detail": list_record(name)}


def every_term() -> list[Record]:
    """Return the words for everybody and our own details, each with its list."""
    words = [with_list(term_record(term), term.taxonomy) for term in public_terms()]
    return words + [with_list(detail_record(code), DETAIL_LIST) for code in DETAIL_IDS]


def attribute_of(
    link: str, entity: str, term: Record, *, value: str = "", mark: object = ""
) -> Record:
    """Return one pair of a term and a value, linked to a record."""
    return filled(
        id=own_id(link, term["code"], mark),
        link_id=link,
        link_entity=entity,
        taxonomy_term_id=term["id"],
        value=value,
        taxonomy_term=term,
    )


def details_of(link: str, entity: str, values: dict[str, object]) -> list[Record]:
    """Return the attributes of these details that say something."""
    return [
        attribute_of(link, entity, detail_record(code), value=told(value))
        for code, value in values.items()
        if not (value is None or value is False or value == "")
    ]


def terms_at(link: str, terms: Iterable[Term]) -> list[Record]:
    """Return the attributes of a service for words of everybody."""
    return [attribute_of(link, "service", term_record(term)) for term in terms]
