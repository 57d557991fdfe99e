"""What changed, or would change, in plain words: field by field."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Field
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omzien.base.catalogue.importers.rows import ChangeRow, LineRow
from omzien.base.catalogue.models import ClosedCalendar, Location, Offer, Term
from omzien.base.catalogue.models.terms import FOR_PROFESSIONALS
from omzien.base.catalogue.queries.dates import listed
from omzien.base.catalogue.queries.languages import language_name
from omzien.base.catalogue.queries.offers import OFFER_FIELDS, OFFER_LINKS
from omzien.base.catalogue.queries.schedules import row_from, rows_of
from omzien.base.freshness.queries.changes import (
    as_plain,
    calendars_of,
    changes_in,
    days_off_of,
    plain_days,
    read_days,
)
from omzien.base.freshness.queries.words import cents_words, change_words, days_words, line_words
from omzien.base.history.queries import revisions_of, snapshot
from omzien.base.places.models import Area

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from django.utils.functional import _StrPromise

    from omzien.base.freshness.models import Proposal
    from omzien.base.history.models import Revision

LABELS: dict[str, _StrPromise] = {
    "price_cents": gettext_lazy("price a time"),
    "schedule": gettext_lazy("when"),
    "changes": gettext_lazy("different once"),
    "calendars": gettext_lazy("closed on the days of"),
    "days_off": gettext_lazy("own days off"),
}
ROLES: dict[str, _StrPromise] = {
    "keeper": gettext_lazy("an owner, by mail"),
    "member": gettext_lazy("somebody of the organisation"),
    "editor": gettext_lazy("an editor"),
    "coordinator": gettext_lazy("a colleague, by telephone"),
}
NOTHING = "–"
ORDER = (*OFFER_FIELDS, *OFFER_LINKS, "schedule", "changes", "calendars", "days_off")


@dataclass(frozen=True, slots=True)
class Told:
    """One field before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ToldRevision:
    """One change of a record in words: when, by whom (as what, never a name), and what."""

    revision: Revision
    at: datetime
    by: str
    fields: list[Told]


@dataclass(frozen=True, slots=True)
class Names:
    """The names behind the numbers in a history."""

    locations: Mapping[int, str]
    terms: Mapping[int, str]
    areas: Mapping[int, str]


def history_of(offer: Offer, *, most: int = 50) -> list[ToldRevision]:
    """Return the changes of a record in words, newest first; words for professionals left out."""
    revisions = list(revisions_of(offer)[:most])
    names = names_in([values for one in revisions for values in (one.before, one.after)])
    return [
        ToldRevision(one, one.at, role_words(one.actor_role), told(one.before, one.after, names))
        for one in revisions
    ]


def role_words(role: str) -> str:
    return str(ROLES.get(role, _("the system")))


def proposed(proposal: Proposal) -> list[Told]:
    """Return what a proposal would change of the record as it is now, in words."""
    offer, plain = proposal.offer, as_plain(changes_in(proposal))
    place = plain.pop("location", {})
    after = {**plain.pop("offer", {}), **plain}
    before = before_of(offer, after, on=timezone.localdate(proposal.made_at))
    fields = told(before, after, names_in([before, after]))
    if offer.location and place:
        fields += told_of_place(snapshot(offer.location, place), place)
    return fields


def before_of(offer: Offer, after: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """Return what these fields of a record are now."""
    lines, changes = rows_of(offer)
    now: dict[str, Any] = {
        "schedule": [asdict(line) for line in lines],
        "changes": [asdict(change) for change in changes],
        "calendars": calendars_of(offer) if "calendars" in after else (),
        "days_off": plain_days(days_off_of(offer, on=on)) if "days_off" in after else [],
    }
    own = [name for name in after if name not in now]
    return {**snapshot(offer, own), **{name: now[name] for name in now if name in after}}


def told(before: Mapping[str, Any], after: Mapping[str, Any], names: Names) -> list[Told]:
    """Return the fields of two states in words, without those that read the same."""
    pairs = (
        Told(
            label_of(Offer, name),
            in_words(name, before.get(name), names),
            in_words(name, after.get(name), names),
        )
        for name in sorted(after, key=place_of)
    )
    return [pair for pair in pairs if pair.before != pair.after]


def place_of(name: str) -> int:
    """Return where a field stands in the order in which people ask for it."""
    return ORDER.index(name) if name in ORDER else len(ORDER)


def told_of_place(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Told]:
    return [
        Told(label_of(Location, name), plain_words(before[name]), plain_words(after[name]))
        for name in after
    ]


def label_of(model: type[Offer | Location], name: str) -> str:
    """Return what a field is called on a page."""
    if name in LABELS:
        return capfirst(str(LABELS[name]))
    field = model._meta.get_field(name)
    return capfirst(str(getattr(field, "verbose_name", name)))


def in_words(name: str, value: Any, names: Names) -> str:  # noqa: ANN401 - a field of any type
    """Return a value of an offer as a person says it."""
    special = {
        "price_cents": cents_words,
        "location": lambda number: names.locations.get(number, NOTHING),
        "terms": lambda numbers: called(numbers, names.terms),
        "areas": lambda numbers: called(numbers, names.areas),
        "languages": lambda codes: listed([language_name(code) for code in codes]) or NOTHING,
        "schedule": lambda lines: said(line_words(row_from(LineRow, one)) for one in lines),
        "changes": lambda rows: said(change_words(row_from(ChangeRow, one)) for one in rows),
        "calendars": calendar_names,
        "days_off": days_off_words,
    }
    if name in special and value is not None:
        return special[name](value)
    choices = choices_of(name)
    return str(choices[value]) if value in choices else plain_words(value)


def choices_of(name: str) -> dict[Any, Any]:
    """Return the words of the values that a field may have."""
    if name in LABELS:
        return {}
    field = Offer._meta.get_field(name)
    return dict(field.flatchoices) if isinstance(field, Field) else {}


def plain_words(value: object) -> str:
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def called(numbers: Iterable[int], names: Mapping[int, str]) -> str:
    return listed(sorted(names[number] for number in numbers if number in names)) or NOTHING


def calendar_names(slugs: Iterable[str]) -> str:
    found = ClosedCalendar.objects.filter(slug__in=list(slugs)).order_by("position", "name")
    return listed([calendar.name for calendar in found]) or NOTHING


def days_off_words(rows: Any) -> str:  # noqa: ANN401 - as JSON keeps them
    return said(days_words(read_days(first, last)) for first, last in rows)


def said(parts: Iterable[str]) -> str:
    return "; ".join(parts) or NOTHING


def names_in(states: Iterable[Mapping[str, Any]]) -> Names:
    """Return the names of everything that these states point at by number."""
    some = list(states)
    locations = {state["location"] for state in some if isinstance(state.get("location"), int)}
    terms = {number for state in some for number in state.get("terms") or ()}
    areas = {number for state in some for number in state.get("areas") or ()}
    public = Term.objects.exclude(taxonomy__in=FOR_PROFESSIONALS)
    return Names(
        dict(Location.objects.filter(pk__in=locations).values_list("pk", "name")),
        {term.pk: term.shown_name for term in public.filter(pk__in=terms)},
        dict(Area.objects.filter(pk__in=areas).values_list("pk", "name")),
    )
