"""A new key for a controller: everything is sealed again, also when the run is cut off."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from omzien.base.accounts.models import User
from omzien.base.journal.models import Actor, Entry
from omzien.base.privacy.actions.keys import make_secrets, numbers
from omzien.base.privacy.actions.rotation import (
    StillInUse,
    begin_rotation,
    finish_rotation,
    reseal_batch,
    rotate_keys,
)
from omzien.base.privacy.fields import key_ring
from omzien.base.privacy.models import BreakGlass, Emergency
from omzien.base.privacy.queries.sealed import Column, count_old, open_since, text_columns

if TYPE_CHECKING:
    from pathlib import Path

    from omzien.config.provision import DatabaseUrls

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
KEYS = Actor.system("keys")
GLASSES = Column("privacy_breakglass", "explanation", "id")


@pytest.fixture(autouse=True)
def keys(committed_db: DatabaseUrls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    del committed_db
    make_secrets(tmp_path, controllers=["municipality", "inzet"])
    monkeypatch.setattr(settings, "KEYS_DIR", tmp_path / "keys")
    return tmp_path / "keys"


def glass(controller: str = "inzet", text: str = "Zij roept om hulp.") -> BreakGlass:
    return BreakGlass.objects.create(
        controller=controller,
        subject_key=uuid.uuid4(),
        reason=Emergency.DANGER,
        explanation=text,
        requested_by=uuid.uuid4(),
        requested_at=NOW,
    )


def stored() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT explanation FROM privacy_breakglass ORDER BY id")
        return [text.split(":")[0] for (text,) in cursor.fetchall()]


def test_rotate_keys_seals_everything_of_one_controller_again(keys: Path) -> None:
    records = [glass(), glass(), glass("municipality")]
    heard: list[int] = []
    done = rotate_keys("inzet", by=KEYS, now=NOW, report=heard.append, batch=1)
    assert (done, heard) == (2, [1, 2])
    assert stored() == ["inzet/2", "inzet/2", "municipality/1"]
    assert numbers(keys / "inzet") == [2]
    assert numbers(keys / "municipality") == [1]
    for record in records:
        assert BreakGlass.objects.get(pk=record.pk).explanation == "Zij roept om hulp."
    assert Entry.objects.filter(verb="keys.rotated", reason="inzet").count() == 1


def test_the_old_key_is_kept_for_old_backups(keys: Path) -> None:
    rotate_keys("inzet", by=KEYS, now=NOW)
    assert sorted(path.name for path in (keys / "inzet").iterdir()) == ["1.retired", "2.key"]


def test_a_rotation_that_was_cut_off_goes_on_with_the_same_key(keys: Path) -> None:
    for _ in range(3):
        glass()
    assert begin_rotation("inzet") == 2
    assert reseal_batch(GLASSES, controller="inzet", batch=1) == 1
    assert sorted(stored()) == ["inzet/1", "inzet/1", "inzet/2"]
    assert len({one.explanation for one in BreakGlass.objects.all()}) == 1
    assert rotate_keys("inzet", by=KEYS, now=NOW) == 2
    assert numbers(keys / "inzet") == [2]


def test_text_that_an_app_sealed_itself_in_a_plain_column_is_found_too() -> None:
    """Sealed text may stand in any text column: the words of every model are looked through."""
    columns = set(text_columns())
    assert GLASSES in columns
    assert Column("accounts_user", "name", "id") in columns
    note = User.objects.create(email="x@example.nl", joined_at=NOW)
    note.name = key_ring("inzet").seal("n")
    note.save(update_fields=["name"])
    assert count_old("inzet", current=2) == 1
    rotate_keys("inzet", by=KEYS, now=NOW)
    note.refresh_from_db()
    assert key_ring("inzet").open(note.name) == "n"


def test_the_old_key_stays_while_a_text_still_needs_it(keys: Path) -> None:
    glass()
    begin_rotation("inzet")
    assert count_old("inzet", current=2) == 1
    with pytest.raises(StillInUse):
        finish_rotation("inzet", current=2)
    assert numbers(keys / "inzet") == [1, 2]


def test_the_old_key_stays_while_work_of_before_goes_on(
    keys: Path, committed_db: DatabaseUrls
) -> None:
    with psycopg.connect(committed_db.default) as other:
        other.execute("SELECT 1")
        with pytest.raises(StillInUse):
            rotate_keys("inzet", by=KEYS, now=NOW)
        assert numbers(keys / "inzet") == [1, 2]
    rotate_keys("inzet", by=KEYS, now=NOW)
    assert numbers(keys / "inzet") == [2]


def test_work_of_after_the_new_key_does_not_hold_it_up(committed_db: DatabaseUrls) -> None:
    with psycopg.connect(committed_db.default) as other:
        other.execute("SELECT 1")
        assert open_since(timezone.now() - timedelta(minutes=5)) == 0


def test_a_name_with_signs_of_its_own_is_no_pattern() -> None:
    glass("inzet")
    assert count_old("in_et", current=1) == 0
    assert count_old("%", current=1) == 0


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    glass()
    call_command("rotate_keys", "inzet")
    assert "Done: 1 texts" in capsys.readouterr().out


def test_the_command_knows_no_keys_of_strangers() -> None:
    with pytest.raises(CommandError, match="no keys of “stranger”"):
        call_command("rotate_keys", "stranger")


def test_the_command_asks_for_patience(committed_db: DatabaseUrls) -> None:
    with psycopg.connect(committed_db.default) as other:
        other.execute("SELECT 1")
        with pytest.raises(CommandError, match="few minutes"):
            call_command("rotate_keys", "inzet")
