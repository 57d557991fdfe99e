"""Text about a person: encrypted, never a BSN, and found only by a keyed hash."""

from __future__ import annotations

import hmac
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from omzien.base.privacy.fields import EncryptedTextField
from omzien.methods.bsn import looks_like_bsn

if TYPE_CHECKING:
    from pathlib import Path

    from django.db import models

LOOKUP_KEY = "lookup_key"
SHORTEST_KEY = 32


class NoLookupKey(Exception):
    """The key to find people with is not on this machine: `omzien secrets` makes it."""


def refuse_bsn(value: str) -> None:
    """Refuse text with a number in it that could be a BSN."""
    if looks_like_bsn(value):
        raise ValidationError(
            _("This looks like a citizen service number (BSN). We never keep it: leave it out."),
            code="bsn",
        )


class PersonalTextField(EncryptedTextField):
    """Encrypted text that cannot be stored with a BSN in it, whichever way it comes in."""

    default_validators = [refuse_bsn]

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ANN401, FBT001 - Django's signature
        refuse_text(getattr(model_instance, self.attname))
        return super().pre_save(model_instance, add)

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        refuse_text(value)
        return super().get_prep_value(value)


def refuse_text(value: object) -> None:
    """Refuse a BSN in text; what is sealed was looked at when it was sealed."""
    if isinstance(value, str):
        refuse_bsn(value)


def digest(kind: str, text: str) -> str:
    """Return the keyed hash under which `text` is found; without the key it says nothing."""
    key = _lookup_key(settings.SECRETS_DIR / LOOKUP_KEY)
    return hmac.digest(key, f"{kind}:{text}".encode(), "sha256").hex()


@lru_cache(maxsize=4)
def _lookup_key(path: Path) -> bytes:
    key = path.read_bytes().strip() if path.is_file() else b""
    if len(key) < SHORTEST_KEY:
        raise NoLookupKey
    return key
