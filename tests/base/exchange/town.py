"""A small invented town whose offers together use every field, as plain rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from omzien.base.catalogue.actions.taking_in import take_in
from omzien.base.catalogue.actions.terms import load_terms
from omzien.base.catalogue.importers.rows import (
    Batch,
    ChangeRow,
    LineRow,
    LocationRow,
    OfferRow,
    OrganisationRow,
)
from omzien.base.journal.models import Actor
from omzien.base.places.models import Area, AreaKind, Postcode

# A Tuesday morning.
NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
BY = Actor.system("tests")
TOWN, DISTRICT, MEADOW, LAKE = "GM0637", "WK063701", "BU06370101", "BU06370102"
AREAS = (
    (TOWN, AreaKind.MUNICIPALITY, "Zoetermeer", None),
    (DISTRICT, AreaKind.DISTRICT, "Oost", TOWN),
    (MEADOW, AreaKind.NEIGHBOURHOOD, "De Weide", DISTRICT),
    (LAKE, AreaKind.NEIGHBOURHOOD, "Het Meer", DISTRICT),
)


def key(number: int) -> UUID:
    return UUID(int=0x4D7A2C3E_0000_4000_8000_000000000000 + number)


PARTIES = (
    OrganisationRow(
        "Piano voor Buren",
        sector="culture",
        description="Muziek in de buurt.",
        other_name="PvB",
        email="info@piano.example",
        phone="079 123 45 67",
        website="https://piano.example/",
        kvk_number="12345678",
        key=key(101),
    ),
    OrganisationRow("Wandelclub Oost", sector="sport", key=key(102)),
    OrganisationRow("De <b>Luisterlijn</b> & meer", sector="care", key=key(103)),
)
PLACES = (
    LocationRow(
        "Buurtcentrum De Vlieger",
        street="Voorbeeldlaan 1",
        postcode="2717AA",
        town="Zoetermeer",
        area_code=MEADOW,
        x=92_000.0,
        y=452_000.0,
        website="https://vlieger.example/",
        step_free=True,
        wheelchair_toilet=False,
        hearing_loop=True,
        directions="Bushalte Weide, dan rechts.",
        organisation="Piano voor Buren",
        key=key(201),
    ),
    LocationRow("De Plas", x=93_500.0, y=452_000.0, area_code=LAKE, key=key(202)),
    LocationRow("Halfbekend", postcode="2717", key=key(203)),
    LocationRow("Beeldbellen", kind="online", website="https://bel.example/", key=key(204)),
)
PIANO = OfferRow(
    name="Pianoclub",
    organisation="Piano voor Buren",
    summary="Samen spelen en luisteren.",
    kind="activity",
    key=key(1),
    location="Buurtcentrum De Vlieger",
    description="Iedereen mag meespelen.\n\nOok als je het nog niet kunt.",
    alert="Deze maand zonder taart.",
    for_whom="Mensen die van muziek houden",
    min_age=18,
    max_age=99,
    languages=("nl", "tr", "pap"),
    price_cents=250,
    price_note="Eerste keer gratis.",
    booking="required",
    booking_note="Bel of mail even.",
    capacity=12,
    capacity_left=0,
    email="club@piano.example",
    phone="079 765 43 21",
    website="https://piano.example/club",
    transport_offered=True,
    transport_note="Wij halen je op.",
    first_time_together=True,
    recognition="well-founded",
    recognised_until=date(2028, 6, 1),
    assured_on=date(2026, 10, 1),
    check_by=date(2027, 4, 1),
    terms=(
        ("theme", "kunst"),
        ("interest", "muziek"),
        ("dimension", "meedoen"),
        ("life-moment", "partner-verloren"),
        ("layer", "ontmoeting"),
        ("element", "ontmoeten"),
        ("national-line", "doorbreken"),
    ),
    area_codes=(MEADOW, LAKE),
    schedule=(
        LineRow(date(2026, 9, 1), time(10), 120, weekdays=(1,)),
        LineRow(
            date(2026, 9, 4),
            time(19, 30),
            150,
            frequency="monthly",
            weekdays=(4,),
            weeks_of_month=(1, -1),
            until=date(2027, 6, 30),
        ),
    ),
    changes=(
        ChangeRow(day=date(2026, 11, 10), note="Zaal bezet"),
        ChangeRow(
            day=date(2026, 11, 17),
            starts_at=time(10),
            new_day=date(2026, 11, 18),
            new_starts_at=time(14),
            new_minutes=60,
        ),
        ChangeRow(new_day=date(2026, 11, 22), new_starts_at=time(23), new_minutes=90),
    ),
)
WALK = OfferRow(
    name="Rondje om de plas",
    organisation="Wandelclub Oost",
    summary="Een uur wandelen.",
    kind="meeting-activity",
    key=key(2),
    location="De Plas",
    price_cents=0,
    terms=(("theme", "bewegen"), ("interest", "wandelen")),
    area_codes=(DISTRICT,),
    schedule=(LineRow(date(2026, 1, 1), time(9), 60, frequency="daily", interval=2),),
)
PHONE = OfferRow(
    name="Luisterlijn",
    organisation="De <b>Luisterlijn</b> & meer",
    summary='Bel "gerust"; <script>alert(1)</script>',
    kind="help-line",
    key=key(3),
    by_phone=True,
    at_home=True,
    open_to="women",
    terms=(("element", "praktisch-ondersteunen"),),
)
ONLINE = OfferRow(
    name="Koffie op afstand",
    organisation="Wandelclub Oost",
    summary="Koffie voor je scherm.",
    kind="event",
    key=key(4),
    location="Beeldbellen",
    schedule=(LineRow(date(2026, 12, 24), time(20), 30, frequency="once"),),
)
FEAST = OfferRow(
    name="Buurtfeest",
    organisation="Wandelclub Oost",
    summary="Eens per jaar.",
    kind="event",
    key=key(5),
    location="Halfbekend",
    schedule=(LineRow(date(2020, 5, 5), time(12), 180, frequency="yearly"),),
)
# Not for everybody's eyes.
HIDDEN = replace(PHONE, name="Nog niet", status="draft", key=key(6))
VISIBLE = (PIANO, WALK, PHONE, ONLINE, FEAST)
BATCH = Batch("test", "", organisations=PARTIES, locations=PLACES, offers=(*VISIBLE, HIDDEN))
SECRET_WORDS = ("ontmoeting", "praktisch-ondersteunen", "doorbreken", "element:", "layer:")


def fill(batch: Batch = BATCH) -> None:
    """Make the town: its areas, a postcode, the words and the offers."""
    made: dict[str, Area] = {}
    for code, kind, name, parent in AREAS:
        made[code] = Area.objects.create(
            code=code,
            division_year=2025,
            kind=kind,
            name=name,
            folded_name=name.lower(),
            parent=made.get(parent or ""),
        )
    Postcode.objects.create(
        code="2717AA", division_year=2025, area=made[MEADOW], exact=True, x=92_100.0, y=452_000.0
    )
    load_terms(by=BY, now=NOW)
    take_in(batch, by=BY, now=NOW)
