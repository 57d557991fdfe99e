"""Secrets and keys are files for our eyes only, made once and never replaced."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from omzien.base.privacy.actions.keys import (
    add_key,
    make_folder,
    make_secrets,
    numbers,
    retire_key,
    write_once,
)

if TYPE_CHECKING:
    from pathlib import Path


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_make_secrets_makes_every_file_that_an_installation_needs(tmp_path: Path) -> None:
    made = make_secrets(tmp_path / "secrets", controllers=["municipality", "inzet"])
    assert {str(path.relative_to(tmp_path / "secrets")) for path in made} == {
        "django_key",
        "journal_key",
        "lookup_key",
        "address_key",
        "keys/municipality/1.key",
        "keys/inzet/1.key",
    }


def test_make_secrets_lets_nobody_else_read(tmp_path: Path) -> None:
    made = make_secrets(tmp_path / "secrets")
    assert {mode(path) for path in made} == {0o600}
    assert {mode(path.parent) for path in made} == {0o700}


def test_make_secrets_replaces_nothing_the_second_time(tmp_path: Path) -> None:
    made = make_secrets(tmp_path)
    before = {path: path.read_text() for path in made}
    assert make_secrets(tmp_path) == []
    assert {path: path.read_text() for path in made} == before


def test_make_secrets_can_put_the_keys_on_a_mount_of_their_own(tmp_path: Path) -> None:
    make_secrets(tmp_path / "secrets", keys=tmp_path / "mount")
    assert (tmp_path / "mount" / "municipality" / "1.key").is_file()
    assert not (tmp_path / "secrets" / "keys").exists()


def test_make_secrets_leaves_the_rights_of_folders_above_alone(tmp_path: Path) -> None:
    above = tmp_path / "above"
    above.mkdir(mode=0o755)
    make_secrets(above / "secrets")
    assert mode(above) == 0o755


def test_two_secrets_are_never_the_same(tmp_path: Path) -> None:
    texts = [path.read_text() for path in make_secrets(tmp_path, controllers=["a", "b"])]
    assert len(set(texts)) == len(texts)


def test_add_key_gives_the_next_number_also_after_one_was_retired(tmp_path: Path) -> None:
    assert [add_key(tmp_path).name, add_key(tmp_path).name] == ["1.key", "2.key"]
    retire_key(tmp_path, 2)
    assert add_key(tmp_path).name == "3.key"
    assert numbers(tmp_path) == [1, 3]
    assert numbers(tmp_path, retired=True) == [1, 2, 3]


def test_retire_key_keeps_the_file_for_old_backups(tmp_path: Path) -> None:
    text = add_key(tmp_path).read_text()
    assert retire_key(tmp_path, 1).read_text() == text
    assert numbers(tmp_path) == []


def test_make_folder_makes_a_folder_for_our_eyes_only(tmp_path: Path) -> None:
    make_folder(tmp_path / "new")
    assert mode(tmp_path / "new") == 0o700


def test_write_once_writes_once_also_when_many_try_together(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(lambda n: write_once(path, f"secret {n}"), range(8)))
    assert written.count(True) == 1
    assert path.read_text() == f"secret {written.index(True)}\n"
    assert [found.name for found in tmp_path.iterdir()] == ["secret"]
