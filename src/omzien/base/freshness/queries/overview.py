"""All records by how fresh they are, and those of one delegate."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models import Offer, Status
from omzien.base.catalogue.queries.completeness import completeness, with_all_that_counts
from omzien.base.freshness.models import CheckRhythm
from omzien.base.freshness.queries.checks import ASK_BEFORE, due, kept_here
from omzien.base.network.queries import organisations_of
from omzien.base.places.queries import fold

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from omzien.base.accounts.models import User
    from omzien.base.catalogue.queries.completeness import Completeness
    from omzien.base.network.models import Organisation

PAGE_SIZE = 50


class State(StrEnum):
    """How fresh a record is; what has no rhythm or follows elsewhere is only itself."""

    STALE = "stale"
    DUE = "due"
    FRESH = "fresh"
    DRAFT = "draft"
    ELSEWHERE = "elsewhere"
    OTHER = "other"


STATE_WORDS: dict[State, _StrPromise] = {
    State.STALE: _("past its day"),
    State.DUE: _("due within two weeks"),
    State.FRESH: _("fresh"),
    State.DRAFT: _("not visible yet"),
    State.ELSEWHERE: _("kept in another system"),
    State.OTHER: _("needs no checking"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One record in a list, and how fresh it is."""

    offer: Offer
    state: State
    told: Completeness

    @property
    def words(self) -> _StrPromise:
        return STATE_WORDS[self.state]


def with_state(offers: QuerySet[Offer], *, today: date) -> list[Row]:
    """Return records with how fresh and how complete each of them is."""
    kinds = CheckRhythm.objects.filter(months__isnull=False).values_list("kind", flat=True)
    rhythmic = frozenset(kinds)
    return [
        Row(offer, state_of(offer, rhythmic=rhythmic, today=today), completeness(offer))
        for offer in with_all_that_counts(offers)
    ]


def state_of(offer: Offer, *, rhythmic: frozenset[str], today: date) -> State:
    """Return how fresh a record is; `rhythmic` are the kinds that are looked at again."""
    if offer.status in {Status.DRAFT, Status.ENDED}:
        return State.DRAFT if offer.status == Status.DRAFT else State.OTHER
    if offer.kept_elsewhere or offer.kind not in rhythmic:
        return State.ELSEWHERE if offer.kept_elsewhere else State.OTHER
    if offer.assured_on is None or (offer.check_by and offer.check_by <= today):
        return State.STALE
    return State.DUE if offer.check_by and offer.check_by <= today + ASK_BEFORE else State.FRESH


def records_in(state: str, *, today: date) -> QuerySet[Offer]:
    """Return the records in one state, or with "" all that has not stopped."""
    everything = Offer.objects.exclude(status=Status.ENDED)
    chosen = {
        State.STALE: lambda: kept_here().filter(due(today)),
        State.DUE: lambda: kept_here().exclude(due(today)).filter(due(today + ASK_BEFORE)),
        State.FRESH: lambda: kept_here().exclude(due(today + ASK_BEFORE)),
        State.DRAFT: lambda: everything.filter(status=Status.DRAFT),
        State.ELSEWHERE: lambda: everything.exclude(source_name=""),
    }
    found = chosen[State(state)]() if state in set(chosen) else everything
    return found.select_related("organisation", "location").order_by("check_by", "name", "pk")


def records_named(found: QuerySet[Offer], words: str) -> QuerySet[Offer]:
    """Return those whose name, or whose organisation's, holds the words."""
    if not words.strip():
        return found
    wanted = Q(name__icontains=words.strip()) | Q(
        organisation__folded_name__contains=fold(words.strip())
    )
    return found.filter(wanted)


def own_organisations(user: User) -> QuerySet[Organisation]:
    """Return the organisations that a delegate may act for, with their parts."""
    own = organisations_of(user)
    return own.model.objects.filter(
        Q(pk__in=own) | Q(part_of__in=own), ended_on__isnull=True
    ).order_by("folded_name", "pk")


def records_of(user: User) -> QuerySet[Offer]:
    """Return the records that a delegate keeps, by organisation."""
    return (
        Offer.objects.filter(organisation__in=own_organisations(user))
        .exclude(status=Status.ENDED)
        .select_related("organisation", "location")
        .order_by("organisation__folded_name", "organisation", "name", "pk")
    )
