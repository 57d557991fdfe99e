"""What surely goes on in the long holidays: the page, and where it is pointed at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from omzien.base.catalogue.queries.dates import moment_words
from omzien.base.freshness.models import Season
from omzien.base.freshness.queries.seasons import (
    going_on,
    not_answered_by,
    period_ahead,
    without_answer,
)
from omzien.site.queries.offer_cards import Card, card_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from omzien.base.catalogue.models import Offer
    from omzien.base.freshness.queries.seasons import GoesOn, Period

PER_PAGE = 20
POINTED_AT = timedelta(weeks=8)
ADDRESSES = {Season.SUMMER: "site:open_in_summer", Season.CHRISTMAS: "site:open_at_christmas"}


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the home page points in the weeks before a holiday."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class SeasonPage:
    """Everything on the page of one holiday; without a period nobody knows yet when it is."""

    title: str
    period: Period | None
    asked: bool
    cards: tuple[Card, ...]
    total: int
    number: int
    pages: int
    unknown: int

    @property
    def earlier(self) -> int:
        return self.number - 1

    @property
    def later(self) -> int:
        return self.number + 1 if self.number < self.pages else 0


def titles() -> dict[Season, str]:
    return {
        Season.SUMMER: _("Open in the summer"),
        Season.CHRISTMAS: _("Open around Christmas"),
    }


def season_soon(*, today: date) -> Pointer | None:
    """Return the page of the holiday that begins within eight weeks or is going on."""
    period = period_ahead(today=today)
    if period is None or period.days.first - POINTED_AT > today:
        return None
    return Pointer(titles()[period.season], reverse(ADDRESSES[period.season]))


def season_page(season: Season, *, number: str, now: datetime) -> SeasonPage:
    """Gather a page of what goes on in the next holiday of a kind, of who said so."""
    today = timezone.localdate(now)
    period = period_ahead(today=today, season=season)
    if period is None:
        return SeasonPage(
            titles()[season], None, asked=False, cards=(), total=0, number=1, pages=1, unknown=0
        )
    paginator = Paginator(going_on(period, now=now), PER_PAGE)
    page = paginator.get_page(number)
    return SeasonPage(
        title=titles()[season],
        period=period,
        asked=period.asked_from <= today or paginator.count > 0,
        cards=tuple(card_in_season(one, today=today) for one in page),
        total=paginator.count,
        number=page.number,
        pages=paginator.num_pages,
        unknown=without_answer(period).count(),
    )


def card_in_season(one: GoesOn, *, today: date) -> Card:
    """Say an offer in short, with its first time in the holiday and how often there is one."""
    start, end = timezone.localtime(one.first.start), timezone.localtime(one.first.end)
    when = capfirst(moment_words(start, end, today=today))
    if one.times > 1:
        more = ngettext("and %(count)s more time", "and %(count)s more times", one.times - 1)
        when = f"{when}, {more % {'count': one.times - 1}}"
    return card_of(one.offer, today=today, when=when)


def ask_first(offer: Offer, *, today: date) -> str:
    """Say that nobody knows whether an offer goes on in the holiday that comes, where so."""
    question = not_answered_by(offer.organisation_id, today=today)
    if question is None:
        return ""
    days = {
        "first": date_format(question.first_day, "j F"),
        "last": date_format(question.last_day, "j F"),
    }
    if question.season == Season.SUMMER:
        return _("Summer holidays, %(first)s to %(last)s: ask whether it goes on.") % days
    return _("Christmas holidays, %(first)s to %(last)s: ask whether it goes on.") % days
