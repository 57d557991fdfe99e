"""A handful of offers as they could be in the town, with everything a page can say of them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.urls import reverse

from omzien.base.catalogue.actions.offers import slug_of
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
from omzien.base.catalogue.models import Location, Room
from omzien.base.journal.models import Actor
from omzien.base.network.actions import add_network, join_network
from omzien.base.network.models import Organisation

BY = Actor.system("tests")
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)


def key_of(name: str) -> UUID:
    """Return the key of something here by its name: the same in every run, and so its address."""
    return uuid5(NAMESPACE_DNS, name)


def offer_address(name: str) -> str:
    return reverse("site:offer", args=[slug_of(name, key_of(name).hex)])


def organisation_address(name: str) -> str:
    return reverse("site:organisation", args=[slug_of(name, key_of(name).hex)])


def location_address(name: str) -> str:
    return reverse("site:location", args=[key_of(name)])


ORGANISATIONS = (
    OrganisationRow(
        "Welzijn De Brug",
        key=key_of("Welzijn De Brug"),
        sector="welfare",
        description="Wij brengen mensen bij elkaar.\n\nLoop binnen: de koffie is klaar.",
        phone="079 111 22 33",
        email="hallo@debrug.example",
        website="https://debrug.example/",
    ),
    OrganisationRow(
        "Piano voor Buren", key=key_of("Piano voor Buren"), sector="culture", phone="079 222 33 44"
    ),
    OrganisationRow(
        "Wandelclub Buitenlucht",
        key=key_of("Wandelclub Buitenlucht"),
        sector="sport",
        email="lopen@buitenlucht.example",
    ),
)
LOCATIONS = (
    LocationRow(
        "Buurtcentrum De Vlieger",
        key=key_of("Buurtcentrum De Vlieger"),
        street="Meerzichtlaan 12",
        postcode="2715AA",
        town="Zoetermeer",
        area_code="BU06370100",
        x=91_700.0,
        y=452_250.0,
        step_free=True,
        hearing_loop=True,
        directions="Bus 70 stopt voor de deur, halte Meerzichtlaan. "
        "Van de halte is het één minuut lopen.",
        organisation="Welzijn De Brug",
    ),
    LocationRow(
        "Station Stadshart",
        key=key_of("Station Stadshart"),
        street="Stationsplein 1",
        postcode="2711AA",
        town="Zoetermeer",
        area_code="BU06370002",
        x=93_650.0,
        y=452_800.0,
        step_free=False,
    ),
    LocationRow(
        "Videokamer De Brug",
        key=key_of("Videokamer De Brug"),
        kind="online",
        website="https://debrug.example/video",
    ),
)


def fill_with_offers(now: datetime) -> None:
    """Bring offers in whose meetings lie around `now`."""
    load_terms(by=BY, now=now)
    batch = Batch("tests", organisations=ORGANISATIONS, locations=LOCATIONS, offers=offers(now))
    take_in(batch, by=BY, now=now, invented=True)
    bridge = Organisation.objects.get(name="Welzijn De Brug")
    care = add_network("Zorgnetwerk Meerzicht", description="Hulp dichtbij.", by=BY, now=now)
    join_network(care, organisation=bridge, on=now.date(), by=BY, now=now)
    Room.objects.create(
        location=Location.objects.get(name="Buurtcentrum De Vlieger"),
        name="Grote zaal",
        people=80,
        when="Dinsdag en vrijdag, overdag",
        price_note="Gratis voor bewoners",
        ask="Bel de beheerder.",
    )


def offers(now: datetime) -> tuple[OfferRow, ...]:
    monday = now.date() - timedelta(days=now.weekday() + 56)

    def weekly(*days: int, at: time, minutes: int = 120, interval: int = 1) -> LineRow:
        return LineRow(monday, at, minutes, weekdays=days, interval=interval)

    next_tuesday = monday + timedelta(days=56 + 7 + TUESDAY)
    return (
        OfferRow(
            "Pianoclub",
            "Piano voor Buren",
            "Samen spelen en luisteren. Je hoeft geen noten te kunnen lezen.",
            key=key_of("Pianoclub"),
            kind="meeting-activity",
            location="Buurtcentrum De Vlieger",
            description="We beginnen met koffie. Dan speelt wie wil.\n\n"
            "Aan het eind zingen we samen een lied van vroeger.",
            alert="Tot de kerst zijn we in de grote zaal.",
            for_whom="Buren van alle leeftijden, de meesten zijn boven de 60.",
            languages=("nl", "tr"),
            price_cents=250,
            price_note="De koffie is erbij.",
            booking="ask",
            booking_note="Bel Anneke voor de eerste keer.",
            capacity=20,
            capacity_left=4,
            transport_offered=True,
            transport_note="De plusbus haalt je op voor € 1.",
            first_time_together=True,
            assured_on=now.date() - timedelta(days=20),
            check_by=now.date() + timedelta(days=160),
            terms=(
                ("theme", "kunst"),
                ("interest", "muziek"),
                ("interest", "zingen"),
                ("dimension", "meedoen"),
                ("life-moment", "stoppen-met-werken"),
                ("layer", "ontmoeting"),
            ),
            schedule=(weekly(TUESDAY, at=time(10)),),
            changes=(
                ChangeRow(day=next_tuesday, note="De zaal is verhuurd."),
                ChangeRow(
                    day=next_tuesday + timedelta(days=7),
                    new_day=next_tuesday + timedelta(days=8),
                    new_starts_at=time(14),
                    new_minutes=120,
                    note="In de kleine zaal.",
                ),
            ),
        ),
        OfferRow(
            "Open tafel",
            "Welzijn De Brug",
            "Samen koken en eten met mensen uit de buurt.",
            key=key_of("Open tafel"),
            kind="meeting-activity",
            location="Buurtcentrum De Vlieger",
            price_cents=600,
            booking="required",
            booking_note="Bel uiterlijk een dag van tevoren.",
            first_time_together=True,
            assured_on=now.date() - timedelta(days=400),
            check_by=now.date() - timedelta(days=30),
            terms=(
                ("theme", "eten"),
                ("interest", "samen-eten"),
                ("interest", "zingen"),
                ("life-moment", "partner-verloren"),
                ("dimension", "kwaliteit-van-leven"),
            ),
            schedule=(weekly(THURSDAY, at=time(17, 30)),),
        ),
        OfferRow(
            "Nieuwe buren ontmoeten",
            "Welzijn De Brug",
            "Een avond voor wie hier net woont.",
            key=key_of("Nieuwe buren ontmoeten"),
            kind="event",
            location="Station Stadshart",
            price_cents=0,
            terms=(("theme", "goede-buren"), ("life-moment", "pas-verhuisd")),
            schedule=(weekly(WEDNESDAY, at=time(19, 30), interval=2),),
        ),
        OfferRow(
            "Wandelen in het bos",
            "Wandelclub Buitenlucht",
            "Rustig wandelen, een uur, met een praatje.",
            key=key_of("Wandelen in het bos"),
            location="Station Stadshart",
            open_to="women",
            min_age=55,
            price_cents=0,
            terms=(("theme", "bewegen"), ("interest", "wandelen")),
            schedule=(weekly(MONDAY, FRIDAY, at=time(9, 30), minutes=60),),
        ),
        OfferRow(
            "Bel een luisterend oor",
            "Welzijn De Brug",
            "Iemand neemt de tijd voor jouw verhaal.",
            key=key_of("Bel een luisterend oor"),
            kind="help-line",
            by_phone=True,
            price_cents=0,
            terms=(
                ("interest", "rouw"),
                ("life-moment", "partner-verloren"),
                ("life-moment", "zorgen-voor-iemand"),
            ),
        ),
        OfferRow(
            "Hulp met de telefoon",
            "Welzijn De Brug",
            "Een vrijwilliger legt het rustig uit, bij jou thuis.",
            key=key_of("Hulp met de telefoon"),
            kind="provision",
            at_home=True,
            booking="ask",
            area_codes=("BU06370100",),
            terms=(("interest", "digitaal"),),
        ),
        OfferRow(
            "Praten op het scherm",
            "Welzijn De Brug",
            "Een kopje koffie op afstand.",
            key=key_of("Praten op het scherm"),
            location="Videokamer De Brug",
            price_cents=0,
            terms=(("interest", "koffie"),),
            schedule=(weekly(FRIDAY, at=time(11), minutes=45),),
        ),
    )
