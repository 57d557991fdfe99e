"""Registering, changing and erasing participants."""

from __future__ import annotations

from dataclasses import asdict
from random import SystemRandom
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet
from django.db import transaction
from django.utils import timezone

from omzien.base.journal.actions import record
from omzien.base.people.models import Identity, Lookup, Participant
from omzien.base.people.queries.participants import (
    Contact,
    contact_of,
    find_by_code,
    identity_of,
    lookups_of,
)
from omzien.methods.letter_codes import make_code

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.journal.models import Actor
    from omzien.base.places.models import Area
    from omzien.methods.letter_codes import Chooser

OLDEST = 120


class NameAndAddressNeeded(Exception):
    """We need at least a surname, a street and a house number."""


class UnlikelyYearOfBirth(Exception):
    """A year of birth has four digits, such as 1944, and lies in the past."""


class AlreadyErased(Exception):
    """We no longer know who this is: the name and address were erased."""


@transaction.atomic
def register_participant(
    contact: Contact,
    *,
    area: Area | None,
    by: Actor,
    now: datetime,
    chance: Chooser | None = None,
) -> Participant:
    """Add somebody who takes part: a key and a neighbourhood, and apart from it who it is."""
    refuse_nonsense(contact, now=now)
    code = unused_code(chance or SystemRandom())
    participant = Participant.objects.create(area=area, registered_at=now)
    identity = Identity.objects.create(
        participant=participant,
        **asdict(contact),
        letter_code=code,
        data_key=Fernet.generate_key().decode("ascii"),
        last_contact_on=timezone.localtime(now).date(),
    )
    write_lookups(identity)
    record("people.register_participant", subject=participant, by=by, now=now)
    return participant


def refuse_nonsense(contact: Contact, *, now: datetime) -> None:
    """Refuse contact details with which nobody can be found or that cannot be true."""
    if not (contact.surname.strip() and contact.street.strip() and contact.house_number.strip()):
        raise NameAndAddressNeeded
    year = contact.birth_year
    likely = year.isascii() and year.isdigit() and now.year - OLDEST <= int(year) <= now.year
    if year and not likely:
        raise UnlikelyYearOfBirth


def unused_code(chance: Chooser) -> str:
    """Return a code that is on no letter yet; a clash is rare, so once more will do."""
    while find_by_code(code := make_code(chance)):
        pass
    return code


def write_lookups(identity: Identity) -> None:
    """Write anew under which keyed hashes somebody is found."""
    wanted = lookups_of(contact_of(identity), letter_code=identity.letter_code)
    Lookup.objects.filter(identity=identity).delete()
    Lookup.objects.bulk_create(
        [Lookup(identity=identity, kind=kind, digest=hashed) for kind, hashed in sorted(wanted)]
    )


@transaction.atomic
def change_contact(
    participant: Participant, *, contact: Contact, by: Actor, now: datetime
) -> Participant:
    """Change how to address and reach somebody, and how they are found."""
    identity = known_identity(participant)
    refuse_nonsense(contact, now=now)
    for name, value in asdict(contact).items():
        setattr(identity, name, value)
    identity.last_contact_on = timezone.localtime(now).date()
    identity.save(update_fields=[*asdict(contact), "last_contact_on"])
    write_lookups(identity)
    record("people.change_contact", subject=participant, by=by, now=now)
    return participant


def known_identity(participant: Participant) -> Identity:
    """Return who this is, or raise when that was erased."""
    identity = identity_of(participant)
    if identity is None:
        raise AlreadyErased
    return identity


@transaction.atomic
def note_contact(participant: Participant, *, by: Actor, now: datetime) -> None:
    """Write that there was contact: the term after which somebody is forgotten begins anew."""
    identity = known_identity(participant)
    identity.last_contact_on = timezone.localtime(now).date()
    identity.save(update_fields=["last_contact_on"])
    record("people.note_contact", subject=participant, by=by, now=now)


@transaction.atomic
def renew_letter_code(
    participant: Participant, *, by: Actor, now: datetime, chance: Chooser | None = None
) -> str:
    """Give somebody another code, so that a letter that went astray opens nothing."""
    identity = known_identity(participant)
    identity.letter_code = unused_code(chance or SystemRandom())
    identity.save(update_fields=["letter_code"])
    write_lookups(identity)
    record("people.renew_letter_code", subject=participant, by=by, now=now)
    return str(identity.letter_code)


@transaction.atomic
def erase_participant(participant: Participant, *, reason: str, by: Actor, now: datetime) -> None:
    """Forget who this is at once; what was counted stays, what was written cannot be read."""
    identity = known_identity(participant)
    identity.delete()
    record("people.erase_participant", subject=participant, by=by, reason=reason, now=now)
    participant.refresh_from_db()


@transaction.atomic
def renew_lookups(*, by: Actor, now: datetime) -> int:
    """Write all keyed hashes anew, after the key to find people with was changed."""
    count = 0
    for identity in Identity.objects.order_by("pk").iterator(chunk_size=500):
        write_lookups(identity)
        count += 1
    record("people.renew_lookups", subject=None, by=by, now=now)
    return count
