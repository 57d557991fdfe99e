"""Who may see whom in a referral."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.network.permissions import may_act_for
from omzien.base.people.models import Purpose
from omzien.base.people.permissions import may_share
from omzien.base.referrals.models import CLOSED, State

if TYPE_CHECKING:
    from omzien.base.accounts.models import User
    from omzien.base.referrals.models import Referral

# Before the receiver says yes there is nothing to see but the question.
SHOWN_AFTER = (State.ACCEPTED, State.CONTACT_MADE, State.ARRIVED, State.SIX_WEEKS)


def may_answer(referral: Referral, *, user: User) -> bool:
    """Say whether this user answers for the receiver."""
    return referral.state not in CLOSED and may_act_for(referral.receiver, user=user)


def may_see_who(referral: Referral) -> bool:
    """Say whether the receiver may see at this moment who it is: said yes, and consent stands."""
    return referral.state in SHOWN_AFTER and may_share(
        referral.participant, Purpose.SHARE, referral.receiver.slug
    )


def may_tell_back(referral: Referral) -> bool:
    """Say whether who made the referral may hear what became of it."""
    return may_share(referral.participant, Purpose.REPORT_BACK, referral.referred_from)
