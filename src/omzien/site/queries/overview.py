"""The overview of everything there is, as a document: what is told of each offer, by theme."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from omzien.base.catalogue.models import Taxonomy
from omzien.base.catalogue.queries.offers import visible_offers, with_public_terms, within_area
from omzien.base.catalogue.queries.schedules import with_schedule
from omzien.base.catalogue.queries.terms import terms_of
from omzien.base.catalogue.queries.when import when_words
from omzien.base.places.models import AreaKind
from omzien.base.places.queries import areas_of
from omzien.site.queries.contact import contact_of
from omzien.site.queries.list_addresses import AREA_FILTER, FILTERS
from omzien.site.queries.offer_cards import along_words, known_price
from omzien.site.queries.offer_words import unbroken, where_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from omzien.base.catalogue.models import Offer, Term
    from omzien.base.places.queries import ShownArea

THEME_FILTER = FILTERS[Taxonomy.THEME]
# Some hundred and fifty sheets: who wants more chooses a theme or a neighbourhood.
AT_MOST = 1_500
# Behind every theme.
LAST = 100_000


class NothingByThatName(Exception):
    """There is no theme or neighbourhood of that name here."""


@dataclass(frozen=True, slots=True)
class Row:
    """One offer; name and summary share the first column."""

    name: str
    summary: str
    when: str
    where: str
    price: str
    who: str
    checked: str


@dataclass(frozen=True, slots=True)
class Section:
    """What belongs to one theme."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole document, whatever it is written in."""

    title: str
    lines: tuple[str, ...]
    columns: tuple[str, ...]
    sections: tuple[Section, ...]

    def as_data(self) -> dict[str, object]:
        """Return it as a template for paper takes it."""
        sections = [
            {"title": section.title, "rows": [asdict(row) for row in section.rows]}
            for section in self.sections
        ]
        head = {"title": self.title, "lines": self.lines, "columns": self.columns}
        return head | {"sections": sections}


def paper_query(theme: str, area_code: str) -> str:
    """Return what comes behind the address of the overview of a theme or a neighbourhood."""
    chosen = {name: word for name, word in asked(theme, area_code).items() if word}
    return f"?{urlencode(chosen)}" if chosen else ""


def asked(theme: str, area_code: str) -> dict[str, str]:
    return {THEME_FILTER: theme, AREA_FILTER: area_code}


def overview_of(given: Mapping[str, str], *, now: datetime) -> Overview:
    """Gather the document for the words of an address.

    Raises
    ------
    NothingByThatName
        For a theme or neighbourhood that is not there, so that no paper says something else.
    """
    theme = theme_named(given.get(THEME_FILTER, ""))
    area = area_named(given.get(AREA_FILTER, ""))
    offers = visible_offers().filter(within_area(area.code) if area else Q())
    offers = offers.filter(terms=theme) if theme else offers
    found = with_public_terms(with_schedule(offers)).order_by("name", "pk")
    total, today = found.count(), localtime(now).date()
    shown = list(found[:AT_MOST])
    invented = any(offer.invented for offer in shown)
    return Overview(
        title=title_of(theme, area),
        lines=tuple(lines_of(total, invented=invented, today=today)),
        columns=columns(),
        sections=tuple(sections_of(shown, theme)),
    )


def theme_named(slug: str) -> Term | None:
    if not slug:
        return None
    found = next((term for term in terms_of(Taxonomy.THEME) if term.slug == slug), None)
    if found is None:
        raise NothingByThatName
    return found


def area_named(code: str) -> ShownArea | None:
    if not code:
        return None
    kinds = (AreaKind.NEIGHBOURHOOD, AreaKind.DISTRICT)
    here = (area for kind in kinds for area in areas_of(settings.MUNICIPALITY_CODE, kind))
    found = next((area for area in here if area.code == code), None)
    if found is None:
        raise NothingByThatName
    return found


def title_of(theme: Term | None, area: ShownArea | None) -> str:
    where = area.name if area else settings.MUNICIPALITY_NAME
    title = _("What there is to do in %(town)s") % {"town": where}
    return f"{title}: {theme.shown_name}" if theme else title


def lines_of(total: int, *, invented: bool, today: date) -> list[str]:
    """Say how much it is, of which day, and where it comes from."""
    words = {"count": total, "day": date_format(today, "j F Y")}
    lines = [
        ngettext(
            "%(count)s activity or kind of support, as it was on %(day)s.",
            "%(count)s activities and kinds of support, as it was on %(day)s.",
            total,
        )
        % words,
        _("Source: the social map on %(site)s.") % {"site": urlsplit(settings.SITE_URL).netloc}
        + " "
        + _("Organisations keep their own records. The last column says when somebody checked."),
    ]
    if total > AT_MOST:
        more = _("Only the first %(count)s stand here. Choose a theme or a neighbourhood.")
        lines.append(more % {"count": AT_MOST})
    if invented:
        lines.append(_("This is an example: what stands here is made up."))
    return lines


def columns() -> tuple[str, ...]:
    return (_("What"), _("When"), _("Where"), _("Price"), _("Who"), _("Checked on"))


def sections_of(offers: Iterable[Offer], theme: Term | None) -> list[Section]:
    """Put each offer once: under the theme that was asked for, or else under its first."""
    by_theme: dict[tuple[int, str], list[Row]] = {}
    for offer in offers:
        term = theme or first_theme(offer)
        place = (term.position, term.shown_name) if term else (LAST, _("Other"))
        by_theme.setdefault(place, []).append(row_of(offer))
    return [Section(place[1], tuple(by_theme[place])) for place in sorted(by_theme)]


def first_theme(offer: Offer) -> Term | None:
    terms: list[Term] = getattr(offer, "public_terms", [])
    return next((term for term in terms if term.taxonomy == Taxonomy.THEME), None)


def row_of(offer: Offer) -> Row:
    contact, location = contact_of(offer), offer.location
    return Row(
        name=offer.name,
        summary=offer.summary,
        when=capfirst("; ".join(when_words(offer)) or _("please ask")),
        where=joined(where_words(offer), location.street if location else "", between=", "),
        price=joined(known_price(offer), along_words(offer), between=". "),
        who=joined(
            offer.organisation.name, unbroken(contact.phone) or contact.email, between=", "
        ),
        checked=date_format(offer.assured_on, "j F Y") if offer.assured_on else _("not known"),
    )


def joined(*parts: str, between: str = " ") -> str:
    return between.join(part for part in parts if part)
