"""Participants: found by who knows them, read by nobody else, and forgotten while counts stay."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from omzien.base.journal.models import Entry
from omzien.base.people import fields
from omzien.base.people.actions.participants import (
    AlreadyErased,
    NameAndAddressNeeded,
    UnlikelyYearOfBirth,
    change_contact,
    erase_participant,
    known_identity,
    note_contact,
    refuse_nonsense,
    register_participant,
    renew_letter_code,
    renew_lookups,
    unused_code,
    write_lookups,
)
from omzien.base.people.models import Identity, Lookup, LookupKind, Participant
from omzien.base.people.queries.participants import (
    MOST_FOUND,
    Contact,
    contact_of,
    find_by_code,
    find_by_name,
    find_by_phone,
    identity_of,
    seal,
    unseal,
)
from omzien.methods.letter_codes import make_code, show_code

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pytest_django import Settings

    from omzien.base.journal.models import Actor

pytestmark = pytest.mark.django_db


def stored_text(table: str) -> str:
    """Return everything that the database itself can see of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg({table}::text, '') FROM {table}")  # noqa: S608 - names of our own
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("surname", ["De Vries", "vries, de", "VRIES", "Vriès"])
@pytest.mark.parametrize("street", ["Meerzichtlaan", "meerzicht laan 12"])
def test_mrs_de_vries_is_found_by_name_and_street(
    mevrouw_de_vries: Participant, surname: str, street: str
) -> None:
    assert find_by_name(surname, street) == [mevrouw_de_vries]


@pytest.mark.parametrize(
    ("surname", "street"),
    [
        ("De Vri", "Meerzichtlaan"),
        ("De Vries", "Meerzicht"),
        ("De Vries", ""),
        ("", "Meerzichtlaan"),
    ],
)
def test_a_part_of_a_name_or_a_street_alone_finds_nobody(
    mevrouw_de_vries: Participant, surname: str, street: str
) -> None:
    assert mevrouw_de_vries not in find_by_name(surname, street)


def test_a_double_name_is_found_by_either_part(
    contact: Contact, jan: Actor, now: datetime
) -> None:
    double = replace(contact, surname="Jansen-de Vries")
    participant = register_participant(double, area=None, by=jan, now=now)
    assert find_by_name("Jansen", "Meerzichtlaan") == [participant]
    assert find_by_name("de Vries", "Meerzichtlaan") == [participant]


def test_a_very_common_name_gives_no_list_of_everybody(
    contact: Contact, jan: Actor, now: datetime
) -> None:
    for number in range(MOST_FOUND + 2):
        one = replace(contact, house_number=str(number + 1))
        register_participant(one, area=None, by=jan, now=now)
    assert len(find_by_name("De Vries", "Meerzichtlaan")) == MOST_FOUND


def test_the_code_on_the_letter_finds_one_person(mevrouw_de_vries: Participant) -> None:
    code = mevrouw_de_vries.identity.letter_code
    assert find_by_code(show_code(code).lower()) == mevrouw_de_vries
    assert find_by_code(make_code(random.Random(1))) is None  # noqa: S311 - a code that nobody has
    assert find_by_code("XXXX") is None


def test_a_phone_number_finds_who_lives_there(mevrouw_de_vries: Participant) -> None:
    assert find_by_phone("+31793411234") == [mevrouw_de_vries]
    assert find_by_phone("341 12 34") == []


def test_the_database_sees_no_name_address_code_or_number(mevrouw_de_vries: Participant) -> None:
    identity = mevrouw_de_vries.identity
    seen = stored_text("people_identity") + stored_text("people_lookup")
    values = [getattr(identity, name) for name in Contact.__dataclass_fields__]
    for value in (*values, identity.letter_code, identity.data_key, "vries", "meerzichtlaan"):
        assert len(value) < 3 or value.casefold() not in seen.casefold()


@pytest.mark.usefixtures("mevrouw_de_vries")
def test_hashes_differ_where_the_key_differs(settings: Settings, tmp_path: Path) -> None:
    before = fields.digest("phone", "0793411234")
    (tmp_path / fields.LOOKUP_KEY).write_text("another key, long enough to be one of ours")
    settings.SECRETS_DIR = tmp_path
    assert fields.digest("phone", "0793411234") != before
    assert find_by_name("De Vries", "Meerzichtlaan") == []


@pytest.mark.parametrize("content", ["", "short"])
def test_without_a_proper_key_nobody_can_be_found_and_it_says_so(
    settings: Settings, tmp_path: Path, content: str
) -> None:
    (tmp_path / fields.LOOKUP_KEY).write_text(content)
    settings.SECRETS_DIR = tmp_path
    with pytest.raises(fields.NoLookupKey):
        fields.digest("phone", "0793411234")


def test_the_name_and_address_read_as_on_an_envelope(mevrouw_de_vries: Participant) -> None:
    assert mevrouw_de_vries.identity.name == "mevrouw Truus De Vries"
    assert mevrouw_de_vries.identity.address == "Meerzichtlaan 12"


def test_records_show_their_key_and_never_a_name(mevrouw_de_vries: Participant) -> None:
    records = [mevrouw_de_vries, mevrouw_de_vries.identity, *Lookup.objects.all()]
    assert not [record for record in records if "vries" in str(record).casefold()]


# --- What is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["first_name", "surname", "street", "town", "email"])
def test_a_number_like_a_bsn_is_refused_in_every_field(
    contact: Contact, jan: Actor, now: datetime, field: str
) -> None:
    with pytest.raises(ValidationError, match="BSN"):
        register_participant(replace(contact, **{field: "111222333"}), area=None, by=jan, now=now)
    assert not Participant.objects.exists()


@pytest.mark.parametrize("field", ["surname", "street", "house_number"])
def test_somebody_without_a_name_or_address_cannot_be_registered(
    contact: Contact, now: datetime, field: str
) -> None:
    with pytest.raises(NameAndAddressNeeded):
        refuse_nonsense(replace(contact, **{field: " "}), now=now)


@pytest.mark.parametrize("year", ["44", "2044", "1844", "soon"])
def test_an_unlikely_year_of_birth_is_refused(contact: Contact, now: datetime, year: str) -> None:
    with pytest.raises(UnlikelyYearOfBirth):
        refuse_nonsense(replace(contact, birth_year=year), now=now)


def test_two_people_never_share_a_letter_code(
    mevrouw_de_vries: Participant, contact: Contact, jan: Actor, now: datetime
) -> None:
    other = register_participant(contact, area=None, by=jan, now=now)
    code = Lookup.objects.get(
        identity=mevrouw_de_vries.identity, kind=LookupKind.LETTER_CODE
    ).digest
    with pytest.raises(IntegrityError, match="letter_code_belongs"), transaction.atomic():
        Lookup.objects.create(identity=other.identity, kind=LookupKind.LETTER_CODE, digest=code)


def test_a_code_that_is_taken_is_drawn_again(contact: Contact, jan: Actor, now: datetime) -> None:
    chance = random.Random(7)  # noqa: S311 - the same codes twice, on purpose
    first = register_participant(contact, area=None, by=jan, now=now, chance=chance)
    again = unused_code(random.Random(7))  # noqa: S311 - idem
    assert again != first.identity.letter_code


def test_a_lookup_is_a_hash_and_nothing_readable(mevrouw_de_vries: Participant) -> None:
    with pytest.raises(IntegrityError, match="lookup_is_a_hash"), transaction.atomic():
        Lookup.objects.create(
            identity=mevrouw_de_vries.identity, kind=LookupKind.PHONE, digest="de vries"
        )


# --- Change and letters -------------------------------------------------------------------------


def test_after_moving_she_is_found_at_the_new_street_only(
    mevrouw_de_vries: Participant, contact: Contact, jan: Actor, now: datetime
) -> None:
    moved = replace(contact, street="Dorpsstraat", house_number="3", phone="")
    change_contact(mevrouw_de_vries, contact=moved, by=jan, now=now)
    assert find_by_name("De Vries", "Meerzichtlaan") == []
    assert find_by_name("De Vries", "Dorpsstr. 3") == [mevrouw_de_vries]
    assert find_by_phone("079-341 12 34") == []
    assert contact_of(Identity.objects.get(participant=mevrouw_de_vries)) == moved


def test_a_letter_that_went_astray_opens_nothing_after_a_new_code(
    mevrouw_de_vries: Participant, jan: Actor, now: datetime
) -> None:
    old = mevrouw_de_vries.identity.letter_code
    new = renew_letter_code(mevrouw_de_vries, by=jan, now=now)
    assert find_by_code(old) is None
    assert find_by_code(new) == mevrouw_de_vries


def test_contact_begins_the_term_anew(
    mevrouw_de_vries: Participant, jan: Actor, now: datetime
) -> None:
    note_contact(mevrouw_de_vries, by=jan, now=now.replace(year=2027))
    assert Identity.objects.get(participant=mevrouw_de_vries).last_contact_on.year == 2027


def test_after_a_new_lookup_key_everybody_is_found_again(
    mevrouw_de_vries: Participant,
    jan: Actor,
    now: datetime,
    settings: Settings,
    tmp_path: Path,
) -> None:
    (tmp_path / "keys").symlink_to(settings.SECRETS_DIR / "keys")
    (tmp_path / fields.LOOKUP_KEY).write_text("another key, long enough to be one of ours")
    settings.SECRETS_DIR = tmp_path
    assert renew_lookups(by=jan, now=now) == 1
    assert find_by_name("De Vries", "Meerzichtlaan") == [mevrouw_de_vries]


def test_writing_the_lookups_twice_changes_nothing(mevrouw_de_vries: Participant) -> None:
    before = set(Lookup.objects.values_list("kind", "digest"))
    write_lookups(mevrouw_de_vries.identity)
    assert set(Lookup.objects.values_list("kind", "digest")) == before


# --- Forgetting ---------------------------------------------------------------------------------


def test_erasing_forgets_who_it_was_and_keeps_the_count(
    mevrouw_de_vries: Participant, jan: Actor, now: datetime
) -> None:
    sealed = seal(mevrouw_de_vries, "Houdt van schaken.")
    erase_participant(mevrouw_de_vries, reason="asked", by=jan, now=now)
    forgotten = Participant.objects.get(key=mevrouw_de_vries.key)
    assert identity_of(forgotten) is None
    assert find_by_name("De Vries", "Meerzichtlaan") == []
    assert not Lookup.objects.exists()
    assert unseal(forgotten, sealed) == ""
    assert Participant.objects.count() == 1


def test_what_was_erased_cannot_be_changed_or_erased_again(
    mevrouw_de_vries: Participant, jan: Actor, now: datetime
) -> None:
    erase_participant(mevrouw_de_vries, reason="asked", by=jan, now=now)
    with pytest.raises(AlreadyErased):
        erase_participant(mevrouw_de_vries, reason="asked", by=jan, now=now)
    with pytest.raises(AlreadyErased):
        known_identity(mevrouw_de_vries)


def test_what_was_sealed_is_read_back_while_we_know_her(mevrouw_de_vries: Participant) -> None:
    sealed = seal(mevrouw_de_vries, "Houdt van schaken.")
    assert "schaken" not in sealed
    assert unseal(mevrouw_de_vries, sealed) == "Houdt van schaken."
    assert seal(mevrouw_de_vries, "") == unseal(mevrouw_de_vries, "") == ""


def test_what_is_sealed_about_nobody_in_particular_uses_the_key_of_the_municipality() -> None:
    assert unseal(None, seal(None, "Bel terug.")) == "Bel terug."


def test_the_journal_tells_what_happened_without_names(
    mevrouw_de_vries: Participant, jan: Actor, now: datetime
) -> None:
    erase_participant(mevrouw_de_vries, reason="asked", by=jan, now=now)
    entries = Entry.objects.filter(subject_key=mevrouw_de_vries.key).order_by("pk")
    assert [(entry.verb, entry.reason) for entry in entries] == [
        ("people.register_participant", ""),
        ("people.erase_participant", "asked"),
    ]
