"""Becoming surer of who somebody is: a code by letter, and the municipality's single sign-on."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from omzien.base.accounts.models import ActivationCode, User
from omzien.base.accounts.queries import open_code, roles_of
from omzien.base.accounts.roles import Resident
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.journal.models import Actor

LETTER_IS_VALID_FOR = timedelta(days=21)
# No letters or digits that look alike on paper: 0 O, 1 I L, 2 Z, 5 S, 8 B.
CODE_ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
CODE_LENGTH = 12
CODE_GROUP = 4


class WrongCode(Exception):
    """The code is not right. Look at the letter again and type it once more."""


class NoTriesLeft(Exception):
    """The code can no longer be used. Ring us and we send you a new letter."""


class PasskeyNeeded(Exception):
    """Log in with your passkey first. Then type the code from the letter."""


class NotAResident(Exception):
    """Only residents get a letter with a code."""


class OtherSubject(Exception):
    """The account belongs to somebody else's single sign-on."""


@dataclass(frozen=True)
class ActivationLetter:
    """What stands in the letter; the code is shown here once and is nowhere kept."""

    name: str
    code: str
    expires_at: datetime


@transaction.atomic
def request_activation_letter(user: User, *, by: Actor, now: datetime) -> ActivationLetter:
    """Make a code for a letter to the registered address; an earlier one stops working."""
    if Resident.name not in roles_of(user):
        raise NotAResident
    ActivationCode.objects.filter(user=user, used_at__isnull=True).delete()
    plain = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    code = ActivationCode.objects.create(
        user=user,
        purpose=ActivationCode.PROVE_ADDRESS,
        code_hash=make_password(plain),
        made_at=now,
        expires_at=now + LETTER_IS_VALID_FOR,
    )
    record("accounts.request_activation_letter", subject=code, by=by, now=now)
    return ActivationLetter(name=user.name, code=_grouped(plain), expires_at=code.expires_at)


def activate_by_letter(
    user: User, *, code: str, with_passkey: bool, by: Actor, now: datetime
) -> None:
    """Write down that the code from the letter came back, from a session with a passkey.

    A wrong try counts even though the rest is undone, so it is saved before the code is looked at.
    """
    if not with_passkey:
        raise PasskeyNeeded
    asked = _take_a_try(user, now=now)
    if not check_password(_bare(code), asked.code_hash):
        raise WrongCode if asked.tries_left else NoTriesLeft
    _prove_address(user, asked, by=by, now=now)


@transaction.atomic
def _take_a_try(user: User, *, now: datetime) -> ActivationCode:
    """Use one of the few tries; two at the same moment use two."""
    code = open_code(user)
    if code is None or code.expires_at <= now:
        raise NoTriesLeft
    left = ActivationCode.objects.filter(pk=code.pk, tries_left__gt=0, used_at__isnull=True)
    if not left.update(tries_left=F("tries_left") - 1):
        raise NoTriesLeft
    code.refresh_from_db()
    return code


@transaction.atomic
def _prove_address(user: User, code: ActivationCode, *, by: Actor, now: datetime) -> None:
    if not ActivationCode.objects.filter(pk=code.pk, used_at__isnull=True).update(used_at=now):
        raise NoTriesLeft
    user.address_proven_at = now
    user.save(update_fields=["address_proven_at"])
    record("accounts.activate_by_letter", subject=user, by=by, now=now)


def _grouped(plain: str) -> str:
    """Return the code in groups of four, as it stands in the letter: AC3D-7HKM-PQ9X."""
    return "-".join(plain[at : at + CODE_GROUP] for at in range(0, len(plain), CODE_GROUP))


def _bare(code: str) -> str:
    """Return what was typed without dashes, spaces and small letters."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


@transaction.atomic
def remember_sso_subject(user: User, *, subject: str, by: Actor, now: datetime) -> None:
    """Tie an account to the municipality's single sign-on, once; another subject is refused.

    An e-mail address can be given to a new colleague of the same name, a subject cannot.
    """
    held = User.objects.select_for_update().get(pk=user.pk)
    if held.sso_subject == subject:
        return
    if held.sso_subject or User.objects.filter(sso_subject=subject).exists():
        raise OtherSubject
    user.sso_subject = subject
    user.save(update_fields=["sso_subject"])
    record("accounts.remember_sso_subject", subject=user, by=by, now=now)
