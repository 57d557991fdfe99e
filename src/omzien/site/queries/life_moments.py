"""Moments at which a life changes: a few warm words, small steps, and what there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models import Taxonomy
from omzien.base.catalogue.queries.coming import offers_with
from omzien.base.catalogue.queries.terms import terms_of
from omzien.site.queries.list_addresses import offers_by
from omzien.site.queries.offer_cards import Card, cards_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.utils.functional import _StrPromise

    from omzien.base.catalogue.models import Term

SHOWN_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class Story:
    """What we say at a moment in life: an opening, and steps that others took."""

    opening: tuple[_StrPromise, ...]
    steps: tuple[_StrPromise, ...]


@dataclass(frozen=True, slots=True)
class LifeMomentPage:
    """A moment in life with its story and the offers that have its word."""

    term: Term
    story: Story | None
    cards: tuple[Card, ...]
    all_of_it: str
    others: tuple[Term, ...]


# By the short name of the word; a moment that an editor added has its own sentence only.
STORIES = {
    "stoppen-met-werken": Story(
        (
            _("For years there was an alarm clock, a full diary, people around you."),
            _("Then it becomes quiet. Almost everybody has to get used to that."),
            _("The days need not be full at once. Try one thing and see what it brings."),
        ),
        (
            _("Take one fixed moment a week outdoors. On Tuesday the market, for example."),
            _("Call somebody you worked with. Not about work: for a cup of coffee."),
            _("Do something with what you can do. Somebody nearby is waiting for it."),
        ),
    ),
    "partner-verloren": Story(
        (
            _("There is no right way to mourn. One wants to talk, another wants to be busy."),
            _("Some hours are heavier than others: the evening, the Sunday, the holidays."),
            _("It helps to have somebody for those hours. You do not have to do this alone."),
        ),
        (
            _("Say it when a day is heavy. People like to help, but often do not know how."),
            _("Eat with somebody once a week, at home or at an open table."),
            _("Talk with somebody who knows it too. You have little to explain there."),
        ),
    ),
    "pas-verhuisd": Story(
        (
            _("The boxes are empty, but you know nobody in the street yet."),
            _("That is how it goes. Getting to know people takes time, and some luck."),
            _("You can give that luck a hand."),
        ),
        (
            _("Ring the bell of your neighbours and tell your name. That is enough."),
            _("Go to the same place at the same hour a few times. Faces become people."),
            _("Ask somebody what is nice here. People like to tell."),
        ),
    ),
    "zorgen-voor-iemand": Story(
        (
            _("You are there for somebody, day after day. That is precious, and it is heavy."),
            _("Who cares for another needs people too."),
            _("Asking for help is not giving up. That way you can go on for longer."),
        ),
        (
            _("Keep one hour a week for yourself. Ask somebody to take over for that hour."),
            _("Tell your family what you do in a week. Often they do not see it."),
            _("Talk with others who care for somebody. They know how it is."),
        ),
    ),
    "kinderen-het-huis-uit": Story(
        (
            _("An empty room, less laundry, and a quiet table."),
            _("You can be proud and sad at the same time."),
            _("There is time again. It is yours, also if you do not know yet what for."),
        ),
        (
            _("Choose a fixed moment to call your children. Then nobody has to wait."),
            _("Take up something that you once stopped doing."),
            _("Ask somebody whose children have left too for a walk."),
        ),
    ),
}


def life_moments() -> tuple[Term, ...]:
    return tuple(terms_of(Taxonomy.LIFE_MOMENT))


def life_moment_page(slug: str, terms: Sequence[Term], *, now: datetime) -> LifeMomentPage | None:
    """Gather the page of one moment; None where nobody thought of it."""
    term = next((one for one in terms if one.slug == slug), None)
    if term is None:
        return None
    found = offers_with(term, now=now, how_many=SHOWN_AT_MOST)
    return LifeMomentPage(
        term=term,
        story=STORIES.get(slug),
        cards=tuple(cards_of(found, now=now)),
        all_of_it=offers_by(term),
        others=tuple(one for one in terms if one.slug != slug),
    )
