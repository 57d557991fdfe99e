"""Every change to accounts: coming in, roles, assurance, going away, and the demo."""

from __future__ import annotations

from omzien.base.accounts.actions.assurance import (
    NotAResident,
    NoTriesLeft,
    OtherSubject,
    PasskeyNeeded,
    WrongCode,
    activate_by_letter,
    remember_sso_subject,
    request_activation_letter,
)
from omzien.base.accounts.actions.demo import NotADemo, make_demo_accounts
from omzien.base.accounts.actions.going import (
    StillOwnsWork,
    deactivate,
    end_sessions,
    forget_unproven_accounts,
    leave,
    reactivate,
    rename,
)
from omzien.base.accounts.actions.invitations import (
    AlreadyInvited,
    InvitationNotOpen,
    NotByInvitation,
    accept_invitation,
    invite_person,
    join_as_resident,
    withdraw_invitation,
)
from omzien.base.accounts.actions.roles import (
    AlreadyHasRole,
    HasNoSuchRole,
    LastAdministrator,
    OwnRole,
    end_role,
    give_role,
)

__all__ = [
    "AlreadyHasRole",
    "AlreadyInvited",
    "HasNoSuchRole",
    "InvitationNotOpen",
    "LastAdministrator",
    "NoTriesLeft",
    "NotADemo",
    "NotAResident",
    "NotByInvitation",
    "OtherSubject",
    "OwnRole",
    "PasskeyNeeded",
    "StillOwnsWork",
    "WrongCode",
    "accept_invitation",
    "activate_by_letter",
    "deactivate",
    "end_role",
    "end_sessions",
    "forget_unproven_accounts",
    "give_role",
    "invite_person",
    "join_as_resident",
    "leave",
    "make_demo_accounts",
    "reactivate",
    "remember_sso_subject",
    "rename",
    "request_activation_letter",
    "withdraw_invitation",
]
