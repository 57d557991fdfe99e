"""Who may share what about whom, and who may speak for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.people.models import Consent, RepresentativeKind

if TYPE_CHECKING:
    from datetime import date

    from omzien.base.people.models import Helper, Participant, Representation


def may_share(participant: Participant, purpose: str, receiver: str) -> bool:
    """Say whether `receiver` may now have something about `participant` for `purpose`."""
    return Consent.objects.filter(
        participant=participant, purpose=purpose, receiver=receiver, withdrawn_at__isnull=True
    ).exists()


def may_speak_for(representation: Representation, *, on: date) -> bool:
    """Say whether somebody may be told things and decide for the person they represent.

    Who was appointed for money only may not, and an expired representation gives nothing.
    """
    about_money = representation.kind == RepresentativeKind.ADMINISTRATOR
    return representation.is_valid(on=on) and not about_money


def may_visit(helper: Helper, *, on: date) -> bool:
    """Say whether everything was checked that must be before a helper goes to somebody."""
    still_here = helper.left_on is None or on < helper.left_on
    checked = helper.vog_check_on is not None and on < helper.vog_check_on
    prepared = [helper.trained_on, helper.secrecy_signed_on]
    return still_here and checked and all(day is not None and day <= on for day in prepared)
