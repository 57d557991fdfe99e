"""Finding somebody who is known by name or code, and what may be read of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet

from omzien.base.people.fields import digest
from omzien.base.people.models import Consent, LookupKind, Participant, Representation
from omzien.base.people.permissions import may_speak_for
from omzien.base.places.models import Area, AreaKind
from omzien.base.places.queries import areas_of, current_division_year
from omzien.base.privacy.fields import key_ring
from omzien.methods.letter_codes import read_code
from omzien.methods.spelling import phone_key, street_key, surname_keys

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from omzien.base.people.models import Identity

# More than this many people of one name in one street: ask for the code on the letter.
MOST_FOUND = 10


@dataclass(frozen=True)
class Contact:
    """How to address and reach somebody: everything about them that is not a number or code."""

    surname: str
    street: str
    house_number: str
    salutation: str = ""
    first_name: str = ""
    postcode: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""
    birth_year: str = ""


def contact_of(identity: Identity) -> Contact:
    """Return the contact details of somebody as one value, to show or to change."""
    return Contact(**{name: getattr(identity, name) for name in Contact.__dataclass_fields__})


def lookups_of(contact: Contact, *, letter_code: str) -> frozenset[tuple[str, str]]:
    """Return the kinds and keyed hashes under which somebody can be found."""
    names = name_digests(contact.surname, contact.street)
    phone = phone_key(contact.phone)
    found = {(LookupKind.NAME_AND_STREET.value, name) for name in names}
    found.add((LookupKind.LETTER_CODE.value, digest(LookupKind.LETTER_CODE, letter_code)))
    if phone:
        found.add((LookupKind.PHONE.value, digest(LookupKind.PHONE, phone)))
    return frozenset(found)


def name_digests(surname: str, street: str) -> list[str]:
    where = street_key(street)
    names = sorted(surname_keys(surname)) if where else []
    return [digest(LookupKind.NAME_AND_STREET, f"{name}|{where}") for name in names]


def find_by_code(typed: str) -> Participant | None:
    """Return whom the code on a letter belongs to, or None."""
    code = read_code(typed)
    if code is None:
        return None
    return _found_by([digest(LookupKind.LETTER_CODE, code)], LookupKind.LETTER_CODE).first()


def find_by_name(surname: str, street: str) -> list[Participant]:
    """Return who is called `surname` and lives in `street`, both in full; at most ten."""
    found = _found_by(name_digests(surname, street), LookupKind.NAME_AND_STREET)
    return list(found[:MOST_FOUND])


def find_by_phone(phone: str) -> list[Participant]:
    """Return who can be reached at this number; at most ten."""
    key = phone_key(phone)
    wanted = [digest(LookupKind.PHONE, key)] if key else []
    return list(_found_by(wanted, LookupKind.PHONE)[:MOST_FOUND])


def _found_by(digests: Iterable[str], kind: LookupKind) -> QuerySet[Participant]:
    return (
        Participant.objects.filter(
            identity__lookups__digest__in=list(digests), identity__lookups__kind=kind
        )
        .select_related("identity", "area")
        .order_by("pk")
        .distinct()
    )


def participant_by_key(key: UUID) -> Participant | None:
    return Participant.objects.select_related("identity", "area").filter(key=key).first()


def identity_of(participant: Participant) -> Identity | None:
    """Return who this is, or None when the identity was erased."""
    return getattr(participant, "identity", None)


def consents_of(participant: Participant) -> QuerySet[Consent]:
    """Return what somebody agreed to and has not taken back, oldest first."""
    return Consent.objects.filter(participant=participant, withdrawn_at__isnull=True).order_by(
        "given_at", "pk"
    )


def representations_of(participant: Participant, *, on: date) -> list[Representation]:
    """Return who may speak for somebody on a day: expired ones and money matters are left out."""
    known = Representation.objects.filter(identity__participant=participant).order_by("pk")
    return [each for each in known if may_speak_for(each, on=on)]


def seal(participant: Participant | None, text: str) -> str:
    """Return `text` encrypted with the person's own key; it dies with their identity.

    About nobody in particular, the key ring of the municipality is used.
    """
    if not text:
        return ""
    if participant is None:
        return key_ring("municipality").seal(text)
    return _own_key(participant).encrypt(text.encode()).decode("ascii")


def unseal(participant: Participant | None, sealed: str) -> str:
    """Return the text that was sealed, or "" when the person's identity is gone."""
    if not sealed or (participant is not None and identity_of(participant) is None):
        return ""
    if participant is None:
        return key_ring("municipality").open(sealed)
    return _own_key(participant).decrypt(sealed.encode("ascii")).decode()


def _own_key(participant: Participant) -> Fernet:
    return Fernet(participant.identity.data_key.encode("ascii"))


def neighbourhoods_of(municipality: str) -> list[Area]:
    """Return the neighbourhoods that somebody can live in: those of the latest division."""
    year = current_division_year(municipality)
    if year is None:
        return []
    codes = [row.code for row in areas_of(municipality, AreaKind.NEIGHBOURHOOD, year)]
    return list(Area.objects.filter(code__in=codes, division_year=year).order_by("code"))
