"""Adding and changing offers, with history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Field
from django.utils.text import slugify

from omzien.base.catalogue.actions.schedules import set_schedule
from omzien.base.catalogue.importers.rows import ChangeRow, LineRow
from omzien.base.catalogue.models import Location, Offer, Status
from omzien.base.catalogue.queries.offers import OFFER_FIELDS, OFFER_LINKS
from omzien.base.catalogue.queries.schedules import row_from, rows_of
from omzien.base.history.actions import keep_revision
from omzien.base.history.queries import snapshot
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from omzien.base.history.models import Revision
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation


class UnknownOfferField(Exception):
    """This cannot be changed of an offer."""


class NothingToShow(Exception):
    """An offer needs a name and one sentence about it before others can see it."""


class KeptElsewhere(Exception):
    """This offer comes from another system. Change it there; here it follows by itself."""


class NotOfThisOffer(Exception):
    """This change belongs to another record."""


@transaction.atomic
def add_offer(
    organisation: Organisation,
    *,
    by: Actor,
    now: datetime,
    links: Mapping[str, Iterable[int]] | None = None,
    **details: object,
) -> Offer:
    """Add an offer; `details` are fields of `OFFER_FIELDS`, `links` numbers of areas and terms."""
    refuse_unknown_field(details)
    key = uuid4()
    offer = Offer.objects.create(
        key=key,
        slug=slug_of(str(details.get("name", "")), key.hex),
        organisation=organisation,
        created_at=now,
        changed_at=now,
        **details,
    )
    set_links(offer, links or {})
    record("catalogue.add_offer", subject=offer, by=by, now=now)
    return offer


def slug_of(name: str, mark: str) -> str:
    """Return the short name for an address: the words of the name and a mark that is its own."""
    return f"{slugify(name)[:80] or 'aanbod'}-{mark[:8]}"


def refuse_unknown_field(details: Iterable[str]) -> None:
    """Refuse a field that nobody may set."""
    if set(details) - set(OFFER_FIELDS):
        raise UnknownOfferField


def set_links(offer: Offer, links: Mapping[str, Iterable[int]]) -> None:
    """Put areas and terms, by number, at an offer."""
    for name in OFFER_LINKS:
        if name in links:
            getattr(offer, name).set(links[name])


@transaction.atomic
def change_offer(
    offer: Offer,
    *,
    by: Actor,
    now: datetime,
    links: Mapping[str, Iterable[int]] | None = None,
    from_its_source: bool = False,
    **details: object,
) -> Offer:
    """Change fields of an offer; its address stays. What comes from elsewhere changes there."""
    refuse_unknown_field(details)
    locked = Offer.objects.select_for_update().get(pk=offer.pk)
    if locked.kept_elsewhere and not from_its_source:
        raise KeptElsewhere
    before = snapshot(locked, (*OFFER_FIELDS, *OFFER_LINKS))
    for name, value in details.items():
        setattr(locked, name, value)
    locked.changed_at = now
    locked.save(update_fields=[*details, "changed_at"])
    set_links(locked, links or {})
    after = snapshot(locked, (*OFFER_FIELDS, *OFFER_LINKS))
    if keep_revision(locked, before=before, after=after, by=by, now=now):
        record("catalogue.change_offer", subject=locked, by=by, now=now)
    return locked


@transaction.atomic
def publish_offer(offer: Offer, *, by: Actor, now: datetime) -> Offer:
    """Let everybody see an offer."""
    if not (offer.name.strip() and offer.summary.strip()):
        raise NothingToShow
    return change_offer(
        offer, by=by, now=now, from_its_source=offer.kept_elsewhere, status=Status.ACTIVE
    )


def pause_offer(offer: Offer, *, alert: str, by: Actor, now: datetime) -> Offer:
    """Take an offer from view for a while; `alert` says why, for who has the address."""
    return change_offer(
        offer,
        by=by,
        now=now,
        from_its_source=offer.kept_elsewhere,
        status=Status.PAUSED,
        alert=alert,
    )


@transaction.atomic
def end_offer(offer: Offer, *, by: Actor, now: datetime) -> Offer:
    """Note that an offer has stopped; its meetings ahead go, its history stays."""
    ended = change_offer(
        offer, by=by, now=now, from_its_source=offer.kept_elsewhere, status=Status.ENDED
    )
    ended.meetings.filter(starts_at__gte=now).delete()
    return ended


@transaction.atomic
def keep_here(offer: Offer, *, by: Actor, now: datetime) -> Offer:
    """Keep here from now on what came from another system; there is no way back."""
    locked = Offer.objects.select_for_update().get(pk=offer.pk)
    locked.source_name, locked.source_id, locked.changed_at = "", "", now
    locked.save(update_fields=["source_name", "source_id", "changed_at"])
    record("catalogue.keep_here", subject=locked, by=by, now=now)
    return locked


@transaction.atomic
def assure_offer(
    offer: Offer, *, on: date, check_by: date | None, by: Actor, now: datetime
) -> Offer:
    """Note that somebody looked and all is still true, and when to look again; None: never."""
    offer.assured_on, offer.check_by, offer.changed_at = on, check_by, now
    offer.save(update_fields=["assured_on", "check_by", "changed_at"])
    record("catalogue.assure_offer", subject=offer, by=by, now=now)
    return offer


@transaction.atomic
def restore_offer(offer: Offer, *, revision: Revision, by: Actor, now: datetime) -> Offer:
    """Take back one change: its fields become what they were before; this is a change as well."""
    if revision.subject_key != offer.key:
        raise NotOfThisOffer
    old = revision.before
    if "schedule" in old or "changes" in old:
        restore_schedule(offer, old, by=by, now=now)
    links = {name: old[name] for name in OFFER_LINKS if name in old}
    fields = {name: value_of_old(name, old[name]) for name in OFFER_FIELDS if name in old}
    return change_offer(
        offer, by=by, now=now, from_its_source=offer.kept_elsewhere, links=links, **fields
    )


def restore_schedule(offer: Offer, old: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """Let an offer take place again when it did; what history does not say stays."""
    lines, changes = rows_of(offer)
    if "schedule" in old:
        lines = tuple(row_from(LineRow, values) for values in old["schedule"])
    if "changes" in old:
        changes = tuple(row_from(ChangeRow, values) for values in old["changes"])
    set_schedule(offer, lines=lines, changes=changes, by=by, now=now)


def value_of_old(name: str, value: Any) -> Any:  # noqa: ANN401 - a field of any type
    """Return a value that history kept as the field takes it: a location again, not its number."""
    if name == "location":
        return Location.objects.filter(pk=value).first()
    field = Offer._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101 - a name of a column
    return field.to_python(value)
