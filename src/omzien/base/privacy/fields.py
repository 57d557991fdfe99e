"""Text that is encrypted at rest with the keys of its controller.

Two kinds. `EncryptedTextField` opens by itself when a record is read: names, addresses, notes of
the office. `SealedTextField` stays shut: what was said in a dossier is opened by
`privacy.actions.dossiers.open_content` alone, which asks who wants it and why, and writes it down.

In the database stands `<controller>/<number of the key>:<token>`, so that it is plain whose key a
value needs and which values still wait for a new key.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, IsNull

if TYPE_CHECKING:
    from pathlib import Path

    from django.db.backends.base.base import BaseDatabaseWrapper

    AnyExact = Exact[Any]
    AnyTextField = models.TextField[Any, Any]
else:
    AnyExact, AnyTextField = Exact, models.TextField


class NoKeys(Exception):
    """The keys of this controller are not on this machine: `omzien secrets` makes them."""


class WrongKey(Exception):
    """Another controller encrypted this text, or the key for it is no longer here."""


@dataclass(frozen=True)
class Sealed:
    """A text as the database holds it: encrypted. On a page it shows as dots."""

    ciphertext: str

    def __str__(self) -> str:
        return "•••"


@dataclass(frozen=True)
class KeyRing:
    """The keys of one controller by number; the highest seals, all of them open."""

    controller: str
    keys: dict[int, Fernet]

    @property
    def current(self) -> int:
        return max(self.keys)

    @property
    def prefix(self) -> str:
        """Return how everything begins that the newest key has sealed."""
        return f"{self.controller}/{self.current}:"

    def seal(self, text: str) -> str:
        return self.prefix + self.keys[self.current].encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        controller, number, token = parts(sealed)
        if controller != self.controller or number not in self.keys:
            raise WrongKey(f"{controller}/{number}")
        try:
            return self.keys[number].decrypt(token).decode()
        except InvalidToken as error:
            raise WrongKey(f"{controller}/{number}") from error


def parts(sealed: str) -> tuple[str, int, str]:
    """Return controller, number of the key and token of an encrypted text."""
    head, _, token = sealed.partition(":")
    controller, _, number = head.rpartition("/")
    if not controller or not number.isdecimal():
        raise WrongKey("?")
    return controller, int(number), token


def key_folder(controller: str) -> Path:
    """Return where the keys of `controller` lie; it may be a mount of its own."""
    folder: Path = settings.KEYS_DIR / controller
    return folder


def controllers() -> list[str]:
    """Return whose keys are on this machine."""
    return sorted(folder.name for folder in settings.KEYS_DIR.iterdir() if folder.is_dir())


def key_ring(controller: str) -> KeyRing:
    """Return the keys of `controller`; a key that was added a moment ago is seen at once."""
    folder = key_folder(controller)
    if not folder.is_dir():
        raise NoKeys(controller)
    return _key_ring(folder, folder.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _key_ring(folder: Path, changed: int) -> KeyRing:
    del changed
    keys = {
        int(file.stem): Fernet(file.read_text(encoding="ascii").strip())
        for file in folder.glob("*.key")
    }
    if not keys:
        raise NoKeys(folder.name)
    return KeyRing(folder.name, keys)


class BlankOnly(AnyExact):
    """Nothing but "is it empty?" can be asked of an encrypted text."""

    def get_prep_lookup(self) -> Any:  # noqa: ANN401 - Django's signature
        if self.rhs:
            raise FieldError("An encrypted text cannot be searched.")
        return self.rhs


class EncryptedTextField(AnyTextField):
    """Text that the database only sees encrypted; it can be neither searched nor sorted.

    `controller` names the one whose key is used; where that differs by record, `controller_of`
    names the attribute of the record that says it.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's signature
        controller: str = "municipality",
        controller_of: str = "",
        **kwargs: Any,  # noqa: ANN401 - Django's signature
    ) -> None:
        self.controller = controller
        self.controller_of = controller_of
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs["controller"] = self.controller
        if self.controller_of:
            kwargs["controller_of"] = self.controller_of
        return name, path, list(args), kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ANN401, FBT001 - Django's signature
        value = super().pre_save(model_instance, add)
        if not value or isinstance(value, Sealed):
            return value
        return Sealed(key_ring(self.controller_for(model_instance)).seal(value))

    def controller_for(self, record: object) -> str:
        return str(getattr(record, self.controller_of)) if self.controller_of else self.controller

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        if isinstance(value, Sealed):
            return value.ciphertext
        if not value or not isinstance(value, str):
            return value
        if self.controller_of:
            raise FieldError(f"{self.name}: only a record knows whose key to use; save the record")
        return key_ring(self.controller).seal(value)

    def from_db_value(
        self, value: str | None, expression: object, connection: BaseDatabaseWrapper
    ) -> Any:  # noqa: ANN401 - text here, sealed text in the class below
        del expression, connection
        return self.unsealed(value) if value else value

    def get_lookup(self, lookup_name: str) -> type[models.Lookup[Any]] | None:
        return {"exact": BlankOnly, "isnull": IsNull}.get(lookup_name)

    def unsealed(self, value: str) -> str:
        """Return the text; a value that another controller sealed does not open here."""
        controller = parts(value)[0] if self.controller_of else self.controller
        return key_ring(controller).open(value)


class SealedTextField(EncryptedTextField):
    """The content of a dossier: read from the database it stays encrypted until it is opened."""

    def from_db_value(
        self, value: str | None, expression: object, connection: BaseDatabaseWrapper
    ) -> Any:  # noqa: ANN401 - sealed, or empty
        del expression, connection
        return Sealed(value) if value else value
