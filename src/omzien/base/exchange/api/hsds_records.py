"""What records of HSDS 3.0 look like, for the description of the interface.

The records themselves are made in `queries.hsds`; tests hold every one against these classes and
against the schemas of the standard.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema

PlaceType = Literal["physical", "postal", "virtual"]
Day = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


class About(Schema):
    version: str
    profile: str
    openapi_url: str


class Taxonomy(Schema):
    id: UUID
    name: str
    description: str
    version: str | None = None


class Term(Schema):
    id: UUID
    code: str
    name: str
    description: str
    taxonomy: str
    taxonomy_id: UUID
    taxonomy_detail: Taxonomy | None = None
    language: str


class Attribute(Schema):
    id: UUID
    link_id: UUID
    link_entity: str
    taxonomy_term_id: UUID
    value: str | None = None
    taxonomy_term: Term


class Phone(Schema):
    id: UUID
    service_id: UUID | None = None
    organization_id: UUID | None = None
    number: str
    type: str


class Schedule(Schema):
    id: UUID
    service_id: UUID
    valid_from: date | None = None
    valid_to: date | None = None
    dtstart: date
    until: date | None = None
    count: int | None = None
    freq: Literal["WEEKLY", "MONTHLY"] | None = None
    interval: int | None = None
    byday: str | None = None
    bymonthday: str | None = None
    description: str | None = None
    opens_at: str
    closes_at: str
    notes: str | None = None
    attributes: list[Attribute] | None = None


class Language(Schema):
    id: UUID
    service_id: UUID
    name: str
    code: str


class CostOption(Schema):
    id: UUID
    service_id: UUID
    option: str
    currency: str
    amount: float


class ServiceArea(Schema):
    id: UUID
    service_id: UUID
    name: str
    extent: str | None = None
    extent_type: str | None = None
    uri: str


class Accessibility(Schema):
    id: UUID
    location_id: UUID
    description: str
    attributes: list[Attribute]


class Address(Schema):
    id: UUID
    location_id: UUID
    address_1: str
    city: str
    state_province: str
    postal_code: str
    country: str
    address_type: PlaceType
    attributes: list[Attribute] | None = None


class Location(Schema):
    id: UUID
    location_type: PlaceType
    organization_id: UUID | None = None
    external_identifier: str | None = None
    external_identifier_type: str | None = None
    name: str
    url: str | None = None
    transportation: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    addresses: list[Address] | None = None
    accessibility: list[Accessibility] | None = None


class Identifier(Schema):
    id: UUID
    organization_id: UUID
    identifier_scheme: str
    identifier_type: str
    identifier: str


class Party(Schema):
    id: UUID
    name: str
    alternate_name: str | None = None
    description: str
    email: str | None = None
    website: str | None = None
    parent_organization_id: UUID | None = None
    phones: list[Phone] | None = None
    organization_identifiers: list[Identifier] | None = None
    attributes: list[Attribute] | None = None


class Service(Schema):
    id: UUID
    organization_id: UUID | None = None
    name: str
    description: str | None = None
    url: str | None = None
    email: str | None = None
    status: Literal["active"]
    application_process: str | None = None
    fees_description: str | None = None
    accreditations: str | None = None
    eligibility_description: str | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    assured_date: date | None = None
    alert: str | None = None
    last_modified: datetime
    modified_date: datetime | None = None
    phones: list[Phone] | None = None
    schedules: list[Schedule] | None = None
    service_areas: list[ServiceArea] | None = None
    languages: list[Language] | None = None
    cost_options: list[CostOption] | None = None
    attributes: list[Attribute] | None = None
    organization: Party | None = None
    service_at_locations: list[Link] | None = None


class Link(Schema):
    id: UUID
    service_id: UUID
    location_id: UUID
    description: str | None = None
    name: str | None = None
    status: Literal["active"] | None = None
    location: Location
    service: Service | None = None
    schedules: list[Schedule] | None = None


class Organization(Party):
    locations: list[Location] | None = None
    services: list[Service] | None = None


class PageOf(Schema):
    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    notes: list[str] | None = None


class ServicePage(PageOf):
    contents: list[Service]


class LinkPage(PageOf):
    contents: list[Link]


class OrganizationPage(PageOf):
    contents: list[Organization]


class TaxonomyPage(PageOf):
    contents: list[Taxonomy]


class TermPage(PageOf):
    contents: list[Term]
