"""The roles, each with a sentence on what it is for, and the ladder of assurance."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Assurance(IntEnum):
    """How sure we are of who is at the other end; a page demands a level.

    An e-mail code alone never opens anything about visits, concerns or referrals.
    """

    NONE = 0
    # Somebody who can read this e-mail address.
    EMAIL = 1
    # The same with a second factor, or a passkey.
    SECOND_FACTOR = 2
    # A resident: activation code by letter to the registered address, plus a passkey.
    LETTER_AND_PASSKEY = 3


class Role:
    """What somebody may be here. Subclasses are the closed list."""

    name: ClassVar[str]
    title: ClassVar[_StrPromise]
    sentence: ClassVar[_StrPromise]
    # Works for the municipality or an organisation: gets an account by invitation only.
    staff: ClassVar[bool] = True
    # What must be shown before this role counts; below it the user has fewer roles.
    assurance: ClassVar[Assurance] = Assurance.SECOND_FACTOR


class Resident(Role):
    name = "resident"
    title = _("Resident")
    sentence = _("Lives here, looks for something to do, and sees what is kept about them.")
    staff = False
    assurance = Assurance.EMAIL


class Member(Role):
    name = "member"
    title = _("Member")
    sentence = _("Takes part in the community, for an organisation or for themselves.")
    staff = False
    assurance = Assurance.EMAIL


class Visitor(Role):
    name = "visitor"
    title = _("Visitor")
    sentence = _("Visits people at home and sees only their own appointments.")


class Coordinator(Role):
    name = "coordinator"
    title = _("Coordinator")
    sentence = _("Plans visits, follows up what people ask, and answers the phone.")


class PolicyOfficer(Role):
    name = "policy_officer"
    title = _("Policy officer")
    sentence = _("Steers the programme by figures; sees counts, never persons.")


class Analyst(Role):
    name = "analyst"
    title = _("Analyst")
    sentence = _("Turns surveys and registers into figures that one may trust.")


class Editor(Role):
    name = "editor"
    title = _("Editor")
    sentence = _("Keeps pages, activities and the social map true and readable.")


class PrivacyOfficer(Role):
    name = "privacy_officer"
    title = _("Privacy officer")
    sentence = _("Watches over personal data: reads the journal, approves, asks questions.")


class Administrator(Role):
    name = "administrator"
    title = _("Administrator")
    sentence = _("Keeps accounts and background work going; sees no dossier.")


ROLES: dict[str, type[Role]] = {
    role.name: role
    for role in (
        Resident,
        Member,
        Visitor,
        Coordinator,
        PolicyOfficer,
        Analyst,
        Editor,
        PrivacyOfficer,
        Administrator,
    )
}
STAFF_ROLES = tuple(name for name, role in ROLES.items() if role.staff)
