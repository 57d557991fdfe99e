"""The page of one offer: what, when, where, how to get there, what it costs, and with whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from omzien.base.catalogue.models import Frequency, Status, Taxonomy
from omzien.base.catalogue.queries.coming import similar_offers
from omzien.base.catalogue.queries.dates import clock_words, day_words, moment_words
from omzien.base.catalogue.queries.schedules import meetings_ahead
from omzien.base.catalogue.queries.structured_data import script_of, structured_data
from omzien.base.catalogue.queries.when import when_words
from omzien.site.queries import offer_words as words
from omzien.site.queries.contact import Contact, contact_of
from omzien.site.queries.list_addresses import offers_by
from omzien.site.queries.offer_cards import Card, cards_of
from omzien.site.queries.seasons import ask_first
from omzien.site.queries.spot import Spot, spot_of, streets_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from django.utils.safestring import SafeString

    from omzien.base.catalogue.models import Meeting, Offer, ScheduleChange

MEETINGS_SHOWN = 6
SIMILAR_SHOWN = 4
# So far ahead a cancelled meeting is told, where fewer meetings than that are shown.
TOLD_AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Coming:
    """One moment ahead: it takes place, or it is cancelled or moved, and why."""

    at: datetime
    words: str
    off: bool
    note: str


@dataclass(frozen=True, slots=True)
class OfferPage:
    """Everything on the page of one offer."""

    offer: Offer
    when: tuple[str, ...]
    coming: tuple[Coming, ...]
    meetings: tuple[Meeting, ...]
    price: str
    who: tuple[str, ...]
    booking: str
    access: tuple[words.Access, ...]
    elsewhere: str
    contact: Contact
    spot: Spot | None
    streets: str
    stale: bool
    unsure: str
    similar: tuple[Card, ...]

    @property
    def soonest(self) -> list[Coming]:
        """The next time; and before it what comes first, where that does not take place."""
        taking_place = next((moment for moment in self.coming if not moment.off), None)
        cancelled_first = [moment for moment in self.coming[:1] if moment.off]
        return cancelled_first + ([taking_place] if taking_place else [])

    @property
    def structured(self) -> SafeString:
        """The offer for search engines, as the text of a script element."""
        return script_of(structured_data(self.offer, meetings=self.meetings))

    @property
    def has_door(self) -> bool:
        return words.has_door(self.offer)

    @property
    def areas(self) -> list[str]:
        """The neighbourhoods it is meant for; none is the whole town."""
        return sorted(area.name for area in self.offer.areas.all())

    @property
    def alike(self) -> list[tuple[str, str]]:
        """The words for everybody that it has, each with the list of all that has it."""
        terms = getattr(self.offer, "public_terms", [])
        kinds = (Taxonomy.THEME, Taxonomy.INTEREST)
        return [(term.shown_name, offers_by(term)) for term in terms if term.taxonomy in kinds]


def offer_page(offer: Offer, *, now: datetime) -> OfferPage:
    """Gather the page of an offer that everybody may see."""
    today = localtime(now).date()
    meetings = [] if is_daily(offer) else meetings_ahead(offer, now=now, how_many=MEETINGS_SHOWN)
    return OfferPage(
        offer=offer,
        when=tuple(capfirst(line) for line in when_words(offer)),
        coming=coming_up(meetings, offer.changes.all(), today=today),
        meetings=tuple(meetings),
        price=words.price_words(offer),
        who=tuple(words.who_words(offer)),
        booking=words.booking_words(offer),
        access=tuple(words.access_facts(offer.location)) if offer.location else (),
        elsewhere=words.elsewhere_words(offer),
        contact=contact_of(offer),
        spot=spot_of(offer.location),
        streets=streets_of(offer.location),
        stale=is_stale(offer, today=today),
        unsure=ask_first(offer, today=today),
        similar=similar_to(offer, now=now),
    )


def is_daily(offer: Offer) -> bool:
    """Say whether its schedule names no day: then a list of dates says nothing more."""
    lines = [(line.frequency, line.interval) for line in offer.schedule.all()]
    return bool(lines) and set(lines) == {(Frequency.DAILY, 1)}


def is_seen(offer: Offer) -> bool:
    return offer.status == Status.ACTIVE and offer.organisation.active


def similar_to(offer: Offer, *, now: datetime) -> tuple[Card, ...]:
    """Return what is like an offer, also where that one has stopped."""
    return tuple(cards_of(similar_offers(offer, now=now, how_many=SIMILAR_SHOWN), now=now))


def is_stale(offer: Offer, *, today: date) -> bool:
    """Say whether nobody looked whether it is still true, or too long ago."""
    return offer.assured_on is None or bool(offer.check_by and offer.check_by < today)


def coming_up(
    meetings: Sequence[Meeting], changes: Iterable[ScheduleChange], *, today: date
) -> tuple[Coming, ...]:
    """Say the meetings ahead in words, and between them what does not take place."""
    kept = list(changes)
    shown_until = localtime(meetings[-1].starts_at).date() if meetings else today
    until = shown_until if len(meetings) == MEETINGS_SHOWN else today + TOLD_AHEAD
    off = [change for change in kept if change.day and today <= change.day <= until]
    notes = {
        (change.new_day, change.new_starts_at): change.note for change in kept if change.new_day
    }
    rows = [coming_of(meeting, notes, today=today) for meeting in meetings]
    rows += [cancelled(change, today=today) for change in off]
    return tuple(sorted(rows, key=lambda row: row.at))


def coming_of(
    meeting: Meeting, notes: Mapping[tuple[date, time | None], str], *, today: date
) -> Coming:
    start = localtime(meeting.starts_at).replace(tzinfo=None)
    said = moment_words(meeting.starts_at, meeting.ends_at, today=today)
    return Coming(start, said, off=False, note=notes.get((start.date(), start.time()), ""))


def cancelled(change: ScheduleChange, *, today: date) -> Coming:
    """Say that a meeting is cancelled, or to when it moved."""
    day = change.day or today
    said = day_words(day, today=today)
    if change.starts_at:
        said = f"{said}, {clock_words(change.starts_at)}"
    if change.new_day and change.new_starts_at:
        moved = f"{day_words(change.new_day, today=today)}, {clock_words(change.new_starts_at)}"
        said = _("%(day)s: moved to %(new_day)s") % {"day": said, "new_day": moved}
    else:
        said = _("%(day)s: is cancelled") % {"day": said}
    at = datetime.combine(day, change.starts_at or time.min)
    return Coming(at, said, off=True, note=change.note)
