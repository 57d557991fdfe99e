"""Secrets and keys as files. Nothing here touches the database."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet

if TYPE_CHECKING:
    from collections.abc import Iterable

PRIVATE_FOLDER = 0o700
# Whose keys every installation needs from the start.
FIRST_CONTROLLERS = ("municipality",)


def make_secrets(
    directory: Path,
    *,
    keys: Path | None = None,
    controllers: Iterable[str] = FIRST_CONTROLLERS,
) -> list[Path]:
    """Make what is missing: the secret keys and a first key per controller.

    What is there is never replaced, so running it again changes nothing. Returns the new files.
    """
    make_folder(directory)
    made = [
        path
        for name in ("django_key", "journal_key", "lookup_key", "address_key")
        if write_once(path := directory / name, secrets.token_urlsafe(64))
    ]
    for controller in controllers:
        folder = (keys or directory / "keys") / controller
        if not numbers(folder):
            made.append(add_key(folder))
    return made


def add_key(folder: Path) -> Path:
    """Make the next key of a controller in `folder` and return its file."""
    make_folder(folder)
    path = folder / f"{max(numbers(folder, retired=True), default=0) + 1}.key"
    write_once(path, Fernet.generate_key().decode("ascii"))
    return path


def retire_key(folder: Path, number: int) -> Path:
    """Put a key out of use: it seals and opens nothing any more.

    The file stays, renamed, for as long as a backup exists that needs it.
    """
    return (folder / f"{number}.key").rename(folder / f"{number}.retired")


def numbers(folder: Path, *, retired: bool = False) -> list[int]:
    """Return the numbers of the keys in `folder`, oldest first."""
    endings = {".key", ".retired"} if retired else {".key"}
    found = (path for path in folder.glob("*.*") if path.suffix in endings)
    return sorted(int(path.stem) for path in found)


def make_folder(folder: Path) -> None:
    """Make `folder` for our eyes only; of folders that are there no right is changed."""
    if not folder.is_dir():
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True)


def write_once(path: Path, content: str) -> bool:
    """Write a file that is whole or absent, for our eyes only; False where it was there."""
    if path.is_file():
        return False
    # The temporary file has mode 0600 from its first moment.
    descriptor, unfinished = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(content + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(unfinished, path)
    except FileExistsError:
        return False
    finally:
        Path(unfinished).unlink()
    return True
