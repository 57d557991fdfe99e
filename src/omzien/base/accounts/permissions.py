"""Who may open an address: audiences, and the level of assurance of a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omzien.base.accounts.roles import ROLES, Assurance

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from django.contrib.sessions.backends.base import SessionBase

# Set in the session by the log-in by single sign-on: it said that two factors were used.
SSO_TWO_FACTORS = "single_sign_on_two_factors"


@dataclass(frozen=True)
class Audience:
    """Who may open an address, and how sure we must be of who it is.

    `roles` None means everybody; an empty set means everybody who is logged in.
    """

    roles: frozenset[str] | None
    assurance: Assurance = Assurance.EMAIL
    # Answers 401 and 403 as problem+json instead of a redirect to the log-in page.
    api: bool = False

    def __post_init__(self) -> None:
        unknown = (self.roles or frozenset()) - set(ROLES)
        if unknown:
            raise ValueError(f"No such role: {', '.join(sorted(unknown))}")

    @property
    def public(self) -> bool:
        return self.roles is None

    def admits(self, *, roles: Iterable[str], assurance: Assurance) -> bool:
        """Say whether a logged-in user with these roles and this assurance may come in."""
        return assurance >= self.assurance and self.is_for(roles)

    def is_for(self, roles: Iterable[str]) -> bool:
        """Say whether somebody with these roles may come in once we are sure enough."""
        return not self.roles or not self.roles.isdisjoint(roles)


PUBLIC = Audience(roles=None, assurance=Assurance.NONE)
SIGNED_IN = Audience(roles=frozenset())


def for_roles(*roles: str, api: bool = False) -> Audience:
    """Return the audience of these roles, at the highest assurance that one of them demands."""
    assurance = max(ROLES[role].assurance for role in roles)
    return Audience(roles=frozenset(roles), assurance=assurance, api=api)


def assurance_of(session: SessionBase, *, proven_passkeys: Container[int] = ()) -> Assurance:
    """Return how sure this session is of who is at the other end.

    allauth keeps in the session which methods were used to log in. `proven_passkeys` are the
    numbers of the passkeys that existed when a code by letter came back.
    """
    methods = session.get("account_authentication_methods", [])
    if any(m.get("type") == "webauthn" and m.get("id") in proven_passkeys for m in methods):
        return Assurance.LETTER_AND_PASSKEY
    if any(is_second_factor(m, session) for m in methods):
        return Assurance.SECOND_FACTOR
    return Assurance.EMAIL if methods else Assurance.NONE


def is_second_factor(method: Mapping[str, object], session: SessionBase) -> bool:
    """Say whether this way of logging in counts as two factors."""
    if method.get("method") == "mfa":
        return True
    return method.get("method") == "socialaccount" and session.get(SSO_TWO_FACTORS) is True


def used_passkey(session: SessionBase) -> bool:
    """Say whether a passkey was shown in this session."""
    methods = session.get("account_authentication_methods", [])
    return any(m.get("type") == "webauthn" for m in methods)
