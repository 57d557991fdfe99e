"""Invented participants and helpers for the demo town, the same every time."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from omzien.base.people.actions.consents import add_representation, record_consent
from omzien.base.people.actions.helpers import (
    add_helper,
    note_certificate,
    note_secrecy,
    note_training,
    plan_leave,
    set_preferences,
)
from omzien.base.people.actions.participants import register_participant
from omzien.base.people.models import HalfDay, Helper, Participant, Travel
from omzien.base.people.queries.participants import Contact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from omzien.base.journal.models import Actor
    from omzien.base.places.models import Area

HOW_MANY, PARTICIPANTS_PER_HELPER = 60, 5
# Stands in the address of each of them, so that nobody takes them for real.
INVENTED = "verzonnen adres"
WOMEN = [
    *("Willemien", "Truus", "Corrie", "Riet", "Fatma", "Ans", "Joke"),
    *("Nel", "Sylvia", "Khadija", "Bep", "Gerda", "Ineke", "Lien"),
]
MEN = [
    "Henk",
    "Kees",
    "Ali",
    "Jan-Willem",
    "Piet",
    "Ruud",
    "Bram",
    "Wim",
    "Mehmet",
    "Harry",
    "Sjaak",
    "Dirk",
    "Gerrit",
    "Theo",
]
SURNAMES = [
    *("Jansen", "de Jong", "Bakker", "Visser", "van Dijk", "Smit", "Meijer", "de Boer", "Mulder"),
    *(
        "Bos",
        "Vos",
        "Peters",
        "Hendriks",
        "van Leeuwen",
        "Dekker",
        "Brouwer",
        "de Wit",
        "Dijkstra",
    ),
    *("Yilmaz", "El Idrissi", "Ramdin", "Kok", "van der Linden", "Prins", "Blom", "Huisman"),
]
STREETS = [
    *("Lindelaan", "Dorpsstraat", "Merelhof", "Schoolstraat", "Kersengaarde", "Molenweg"),
    *("Parkzicht", "Zonnebloemstraat", "Ambachtslaan", "Vlietplein", "Beukenhof", "Kastanjelaan"),
]
MRS_DE_VRIES = Contact(
    salutation="mevrouw",
    first_name="Willemien",
    surname="de Vries",
    street="Meerzichtlaan",
    house_number="12",
    town=INVENTED,
    phone="079 000 00 12",
    birth_year="1944",
)


@transaction.atomic
def make_demo_people(
    seed: int, *, areas: Sequence[Area], by: Actor, now: datetime, how_many: int = HOW_MANY
) -> list[Participant]:
    """Invent participants and helpers; where there are any already, nothing changes.

    Mrs De Vries of the Meerzichtlaan comes first; her daughter Anneke may speak for her.
    """
    if Participant.objects.exists():
        return []
    chance = Random(seed)  # noqa: S311 - invented people, no secrets
    contacts = [MRS_DE_VRIES, *(_invent(chance, now=now) for _ in range(how_many - 1))]
    made = [
        register_participant(contact, area=_pick(areas, chance), by=by, now=now, chance=chance)
        for contact in contacts
    ]
    _let_daughter_speak(made[0], by=by, now=now)
    for number in range(how_many // PARTICIPANTS_PER_HELPER):
        _make_demo_helper(number, areas=areas, chance=chance, by=by, now=now)
    return made


def _pick(areas: Sequence[Area], chance: Random) -> Area | None:
    """Return one of the neighbourhoods by chance, or none where none are loaded."""
    return chance.choice(areas) if areas else None


def _invent(chance: Random, *, now: datetime) -> Contact:
    """Invent somebody between 75 and 96 years old."""
    woman = chance.random() < 0.62  # noqa: PLR2004 - most older people are women
    return Contact(
        salutation="mevrouw" if woman else "de heer",
        first_name=chance.choice(WOMEN if woman else MEN),
        surname=chance.choice(SURNAMES),
        street=chance.choice(STREETS),
        house_number=str(chance.randint(1, 180)),
        town=INVENTED,
        phone=f"079 000 {chance.randint(10, 99)} {chance.randint(10, 99)}",
        birth_year=str(now.year - chance.randint(75, 96)),
    )


def _let_daughter_speak(participant: Participant, *, by: Actor, now: datetime) -> None:
    """Let Anneke speak for Mrs De Vries, who also agreed that questions are passed on."""
    today = timezone.localtime(now).date()
    add_representation(
        participant,
        kind="carer",
        authority="said_so",
        name="Anneke de Vries",
        valid_from=today,
        valid_until=today + timedelta(days=365),
        by=by,
        now=now,
    )
    yes = {"purpose": "share", "receiver": "inzet", "wording": "2026-1", "given_how": "oral"}
    record_consent(participant, **yes, by=by, now=now)


def _make_demo_helper(
    number: int, *, areas: Sequence[Area], chance: Random, by: Actor, now: datetime
) -> Helper:
    """Invent a helper: most can go, one in four still waits for something, one is away."""
    today = timezone.localtime(now).date()
    joined = today - timedelta(days=chance.randint(30, 1000))
    name = f"{chance.choice(WOMEN + MEN)} {chance.choice(SURNAMES)}"
    helper = add_helper(name, joined_on=joined, by=by, now=now)
    half_days = [(chance.randrange(5), chance.choice(HalfDay.values)) for _ in range(4)]
    set_preferences(
        helper,
        half_days=half_days,
        most_per_week=chance.randint(1, 4),
        travel=chance.choice(Travel.values),
        languages=["nl", *chance.sample(["ar", "en", "tr"], k=number % 2)],
        home_area=_pick(areas, chance),
        by=by,
        now=now,
    )
    note_training(helper, trained_on=joined, by=by, now=now)
    if number % 4:
        note_certificate(helper, seen_on=joined, by=by, now=now)
        note_secrecy(helper, signed_on=joined, by=by, now=now)
    if number == 1:
        plan_leave(helper, first_day=today, last_day=today + timedelta(days=9), by=by, now=now)
    return helper
