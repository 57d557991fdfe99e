"""The database sees ciphertext only, and only the controller's own key opens it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import connection

from omzien.base.privacy.actions.keys import add_key, make_secrets, retire_key
from omzien.base.privacy.fields import (
    EncryptedTextField,
    NoKeys,
    Sealed,
    SealedTextField,
    WrongKey,
    key_ring,
)
from omzien.base.privacy.models import BreakGlass, Emergency

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
STORY = "Mevrouw De Vries doet niet open en de buren horen haar roepen."


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give two controllers keys of their own."""
    make_secrets(tmp_path, controllers=["municipality", "inzet"])
    monkeypatch.setattr(settings, "KEYS_DIR", tmp_path / "keys")
    return tmp_path / "keys"


def glass(**changes: object) -> BreakGlass:
    values: dict[str, object] = {
        "controller": "municipality",
        "subject_key": uuid.uuid4(),
        "reason": Emergency.DANGER,
        "explanation": STORY,
        "requested_by": uuid.uuid4(),
        "requested_at": NOW,
    }
    return BreakGlass.objects.create(**{**values, **changes})


def in_the_database(record: BreakGlass) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT explanation FROM privacy_breakglass WHERE id = %s", [record.pk])
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_the_database_holds_ciphertext_and_the_number_of_the_key() -> None:
    stored = in_the_database(glass())
    assert stored.startswith("municipality/1:gAAAA")
    assert "Vries" not in stored


@pytest.mark.django_db
def test_what_was_written_is_read_back() -> None:
    record = glass()
    assert BreakGlass.objects.get(pk=record.pk).explanation == STORY


@pytest.mark.django_db
def test_the_record_says_whose_key_is_used() -> None:
    record = glass(controller="inzet")
    assert in_the_database(record).startswith("inzet/1:")
    assert BreakGlass.objects.get(pk=record.pk).explanation == STORY


@pytest.mark.django_db
def test_the_same_text_twice_looks_different() -> None:
    assert in_the_database(glass()) != in_the_database(glass())


@pytest.mark.django_db
def test_an_encrypted_text_can_only_be_asked_whether_it_is_empty() -> None:
    record = glass(explanation="")
    glass()
    assert list(BreakGlass.objects.filter(explanation="")) == [record]
    assert BreakGlass.objects.filter(explanation__isnull=True).count() == 0
    with pytest.raises(FieldError, match="cannot be searched"):
        BreakGlass.objects.filter(explanation=STORY).exists()
    with pytest.raises(FieldError, match="Unsupported lookup"):
        BreakGlass.objects.filter(explanation__icontains="Vries").exists()


@pytest.mark.django_db
def test_a_mass_update_that_cannot_know_the_key_is_refused() -> None:
    record = glass()
    with pytest.raises(FieldError, match="save the record"):
        BreakGlass.objects.filter(pk=record.pk).update(explanation="anders")


def test_another_controllers_key_does_not_open_it() -> None:
    sealed = key_ring("municipality").seal(STORY)
    with pytest.raises(WrongKey):
        key_ring("inzet").open(sealed)


def test_a_label_that_lies_about_the_controller_does_not_help() -> None:
    sealed = key_ring("municipality").seal(STORY).replace("municipality/", "inzet/")
    with pytest.raises(WrongKey):
        key_ring("inzet").open(sealed)


@pytest.mark.parametrize("text", ["", "gAAAAA", "municipality:x", "municipality/een:x"])
def test_what_is_no_encrypted_text_is_refused(text: str) -> None:
    with pytest.raises(WrongKey):
        key_ring("municipality").open(text)


def test_a_field_of_one_controller_does_not_open_what_another_sealed() -> None:
    sealed = key_ring("inzet").seal(STORY)
    with pytest.raises(WrongKey):
        EncryptedTextField(controller="municipality").from_db_value(sealed, None, connection)


def test_after_a_new_key_old_texts_open_and_new_texts_use_it(keys: Path) -> None:
    old = key_ring("inzet").seal(STORY)
    add_key(keys / "inzet")
    ring = key_ring("inzet")
    assert ring.open(old) == STORY
    assert ring.seal(STORY).startswith("inzet/2:")


def test_after_ten_keys_the_newest_is_still_used(keys: Path) -> None:
    for _ in range(10):
        add_key(keys / "inzet")
    assert key_ring("inzet").current == 11


def test_a_retired_key_opens_nothing_any_more(keys: Path) -> None:
    old = key_ring("inzet").seal(STORY)
    add_key(keys / "inzet")
    retire_key(keys / "inzet", 1)
    with pytest.raises(WrongKey):
        key_ring("inzet").open(old)


def test_without_keys_on_this_machine_nothing_is_sealed(keys: Path) -> None:
    with pytest.raises(NoKeys):
        key_ring("unknown")
    (keys / "empty").mkdir()
    with pytest.raises(NoKeys):
        key_ring("empty")


def test_sealed_content_stays_shut_when_it_is_read() -> None:
    field = SealedTextField(controller="municipality")
    ciphertext = key_ring("municipality").seal(STORY)
    value = field.from_db_value(ciphertext, None, connection)
    assert value == Sealed(ciphertext)
    assert str(value) == "•••"
    assert STORY not in repr(value)


def test_sealed_content_is_saved_again_as_it_was() -> None:
    field = SealedTextField(controller="municipality")
    value = Sealed(key_ring("municipality").seal(STORY))
    field.set_attributes_from_name("explanation")
    record = BreakGlass()
    vars(record)["explanation"] = value
    assert field.pre_save(record, add=False) == value
    assert field.get_prep_value(value) == value.ciphertext


def test_empty_stays_empty() -> None:
    field = SealedTextField(controller="municipality")
    assert field.get_prep_value("") == ""
    assert field.get_prep_value(None) is None
    assert field.from_db_value("", None, connection) == ""


def test_a_migration_writes_down_whose_key_a_field_uses() -> None:
    _, _, _, plain = EncryptedTextField(controller="inzet").deconstruct()
    _, _, _, by_record = EncryptedTextField(controller_of="owner").deconstruct()
    assert plain == {"controller": "inzet"}
    assert by_record == {"controller": "municipality", "controller_of": "owner"}
