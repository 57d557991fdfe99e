"""What simple records look like, for the description of the interface; tests hold them to it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict
from pydantic.alias_generators import to_camel
from pydantic.json_schema import SkipJsonSchema

# What nobody said is left out of a record; it is never null.
Left = SkipJsonSchema[None]


class Simple(Schema):
    """A record whose fields are written as programs of the government write them."""

    model_config = ConfigDict(alias_generator=to_camel)


class Theme(Simple):
    slug: str
    name: str


class ThemeList(Simple):
    items: list[Theme]


class Organiser(Simple):
    id: UUID
    name: str
    page: str


class Place(Simple):
    id: UUID
    name: str
    page: str
    street: str | Left = None
    postcode: str | Left = None
    town: str | Left = None
    area: str | Left = None
    latitude: float | Left = None
    longitude: float | Left = None


class Offer(Simple):
    id: UUID
    name: str
    kind: str
    summary: str
    page: str
    organisation: Organiser
    location: Place | Left = None
    description: str | Left = None
    alert: str | Left = None
    for_whom: str | Left = None
    price: str | Left = None
    price_cents: int | Left = None
    booking: str | Left = None
    phone: str | Left = None
    email: str | Left = None
    website: str | Left = None
    themes: list[str] | Left = None
    assured_date: date | Left = None
    changed_at: datetime


class Meeting(Simple):
    starts_at: datetime
    ends_at: datetime
    offer: Offer


class SimplePage(Simple):
    total_items: int
    total_pages: int
    page: int


class OfferPage(SimplePage):
    items: list[Offer]


class MeetingPage(SimplePage):
    items: list[Meeting]
