"""Referring somebody, and every next step until their own last answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from omzien.base.desk.actions.duty import duty_or_refuse
from omzien.base.desk.actions.work import AlreadyDone, owner_of_new
from omzien.base.journal.actions import record, record_view
from omzien.base.letters.actions import make_token, send_mail, use_token
from omzien.base.people.actions.consents import record_consent
from omzien.base.people.fields import refuse_bsn
from omzien.base.people.models import Purpose
from omzien.base.people.permissions import may_share, may_visit
from omzien.base.people.queries.participants import seal
from omzien.base.referrals.models import CLOSED, MOVES, GoesAlong, Referral, Result, State, Step
from omzien.base.referrals.permissions import may_answer, may_see_who
from omzien.base.referrals.queries.referrals import ANSWER_LINK, due_day, referral_by_key

if TYPE_CHECKING:
    from datetime import date, datetime

    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation
    from omzien.base.people.models import Helper, Participant

# The version of the words in which the desk asks for consent.
WORDING = "2026-11"
# Some days longer than the receiver has to answer; after that somebody has called.
LINK_DAYS = 14


class NoConsent(Exception):
    """The person has not agreed that this organisation hears about them. Ask first."""


class AlreadyReferred(Exception):
    """This person was referred to this already, and that has not ended."""


class NotYet(Exception):
    """A referral cannot make this step now. Look how far it is."""


class NoAnswerYet(Exception):
    """Choose how it ended, in the answer of the person."""


class HelperNotReady(Exception):
    """This helper may not go to somebody: a check or training is missing."""


class NotYours(Exception):
    """This referral belongs to another organisation."""


@transaction.atomic
def refer(  # noqa: PLR0913 - each of these is part of a warm hand-over
    participant: Participant,
    *,
    receiver: Organisation,
    offer: Offer | None,
    wish: str,
    goes_along: str,
    referred_from: str,
    by: Actor,
    now: datetime,
    companion: Helper | None = None,
    owner: User | None = None,
) -> Referral:
    """Lead somebody to an offer or organisation that they agreed may hear about them.

    The receiver gets a mail without a name; a colleague on duty owns it until it ends.
    """
    if not may_share(participant, Purpose.SHARE, receiver.slug):
        raise NoConsent
    today = timezone.localtime(now).date()
    if companion is not None and not may_visit(companion, on=today):
        raise HelperNotReady
    refuse_bsn(wish)
    duty = duty_or_refuse(owner) if owner else owner_of_new(Referral)
    try:
        with transaction.atomic():
            referral = Referral.objects.create(
                participant=participant,
                receiver=receiver,
                offer=offer,
                owner=duty,
                opened_at=now,
                due_on=due_day(State.ASKED, today=today),
                referred_by=by.key,
                referred_from=referred_from,
                goes_along=goes_along,
                companion=companion if goes_along == GoesAlong.HELPER else None,
                sealed_wish=seal(participant, wish),
            )
    except IntegrityError as error:
        if "referral_open_once_per_offer" in str(error):
            raise AlreadyReferred from error
        raise
    note_step(referral, State.ASKED, by=by, now=now)
    ask_receiver(referral, by=by, now=now)
    record("referrals.refer", subject=referral, by=by, reason=referred_from, now=now)
    return referral


def note_step(referral: Referral, state: str, *, by: Actor, now: datetime) -> None:
    """Append one step; steps are never changed."""
    Step.objects.create(
        referral=referral, state=state, at=now, actor_key=by.key, actor_role=by.role
    )


def ask_receiver(referral: Referral, *, by: Actor, now: datetime) -> bool:
    """Mail the receiver a link to a page with a button; False where only the phone remains."""
    address = (referral.offer.email if referral.offer else "") or referral.receiver.email
    if not address:
        return False
    secret = make_token(
        ANSWER_LINK,
        about=referral.key,
        valid_for=timedelta(days=LINK_DAYS),
        by=by,
        now=now,
    )
    link = f"{settings.SITE_URL}{reverse('referrals:answer', args=[secret])}"
    send_mail("referral_asked", to=address, context={"link": link}, by=by, now=now)
    return True


@transaction.atomic
def answer_by_link(secret: str, *, accepts: bool, by: Actor, now: datetime) -> Referral:
    """Take the receiver's answer from the button behind the link; the link works once."""
    token = use_token(secret, purpose=ANSWER_LINK, by=by, now=now)
    referral = referral_by_key(token.about) if token.about else None
    if referral is None:
        raise NotYet
    return move(referral, State.ACCEPTED if accepts else State.DECLINED, by=by, now=now)


@transaction.atomic
def answer_for(
    referral: Referral, *, user: User, to: str, by: Actor, now: datetime, on: date | None = None
) -> Referral:
    """Take a step that somebody of the receiver, who is logged in, reports."""
    if not may_answer(referral, user=user):
        raise NotYours
    return move(referral, to, by=by, now=now, arrived_on=on)


@transaction.atomic
def move(
    referral: Referral, to: str, *, by: Actor, now: datetime, arrived_on: date | None = None
) -> Referral:
    """Move a referral to its next state, and set the day of what comes after."""
    locked = hold_referral(referral)
    if to not in MOVES[locked.state] or to in CLOSED:
        raise NotYet
    today = timezone.localtime(now).date()
    locked.state = to
    if to == State.ARRIVED:
        locked.arrived_on = min(arrived_on or today, today)
    locked.due_on = due_day(State(to), today=today, arrived_on=locked.arrived_on)
    locked.save(update_fields=["state", "arrived_on", "due_on"])
    note_step(locked, to, by=by, now=now)
    record("referrals.move", subject=locked, by=by, reason=str(to), now=now)
    return locked


def hold_referral(referral: Referral) -> Referral:
    """Hold the row of an open referral until the transaction ends; refuse what has ended."""
    locked = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("receiver", "offer", "participant")
        .get(pk=referral.pk)
    )
    if locked.closed_at is not None:
        raise AlreadyDone
    return locked


@transaction.atomic
def end_referral(referral: Referral, *, result: str, by: Actor, now: datetime) -> Referral:
    """End a referral with the person's own answer; it belongs to nobody any more."""
    locked = hold_referral(referral)
    if result not in Result.values or not result:
        raise NoAnswerYet
    still_going = result == Result.STILL_GOING
    if still_going and State.THIRTEEN_WEEKS not in MOVES[locked.state]:
        raise NotYet
    locked.state = State.THIRTEEN_WEEKS if still_going else State.ENDED
    locked.result, locked.owner = result, None
    locked.closed_at, locked.closed_by = now, by.key
    locked.save(update_fields=["state", "result", "owner", "closed_at", "closed_by"])
    note_step(locked, locked.state, by=by, now=now)
    record("referrals.end_referral", subject=locked, by=by, reason=result, now=now)
    return locked


@transaction.atomic
def ask_another(
    referral: Referral, *, receiver: Organisation, offer: Offer | None, by: Actor, now: datetime
) -> Referral:
    """Ask another receiver after a no; for that one too the person must have agreed."""
    locked = hold_referral(referral)
    if State.ASKED not in MOVES[locked.state]:
        raise NotYet
    if not may_share(locked.participant, Purpose.SHARE, receiver.slug):
        raise NoConsent
    locked.receiver, locked.offer, locked.state = receiver, offer, State.ASKED
    locked.due_on = due_day(State.ASKED, today=timezone.localtime(now).date())
    locked.save(update_fields=["receiver", "offer", "state", "due_on"])
    note_step(locked, State.ASKED, by=by, now=now)
    ask_receiver(locked, by=by, now=now)
    record("referrals.ask_another", subject=locked, by=by, now=now)
    return locked


@transaction.atomic
def open_person(participant: Participant, *, by: Actor, reason: str, now: datetime) -> Participant:
    """Open somebody's record to look for what fits; looking is written in the journal."""
    return record_view(participant, by=by, reason=reason, now=now)


@transaction.atomic
def open_referral(referral: Referral, *, by: Actor, reason: str, now: datetime) -> Referral:
    """Open a referral with who it is about; looking is written in the journal of the person."""
    record_view(referral.participant, by=by, reason=reason, now=now)
    return referral


@transaction.atomic
def open_as_receiver(
    referral: Referral, *, user: User, by: Actor, reason: str, now: datetime
) -> bool:
    """Open a referral as its receiver; False where nothing of the person may be seen now."""
    if not may_answer(referral, user=user):
        raise NotYours
    if not may_see_who(referral):
        return False
    record_view(referral.participant, by=by, reason=reason, now=now)
    return True


@transaction.atomic
def refer_with_consent(  # noqa: PLR0913 - idem
    participant: Participant,
    *,
    offer: Offer,
    wish: str,
    goes_along: str,
    given_how: str,
    tell_back: bool,
    referred_from: str,
    by: Actor,
    now: datetime,
) -> Referral:
    """Write down what the person agrees to, and refer them: in one go or not at all."""
    receiver = offer.organisation
    agreed = [(Purpose.SHARE, receiver.slug)]
    if tell_back:
        agreed.append((Purpose.REPORT_BACK, referred_from))
    for purpose, who in agreed:
        if not may_share(participant, purpose, who):
            record_consent(
                participant,
                purpose=purpose,
                receiver=who,
                wording=WORDING,
                given_how=given_how,
                by=by,
                now=now,
            )
    return refer(
        participant,
        receiver=receiver,
        offer=offer,
        wish=wish,
        goes_along=goes_along,
        referred_from=referred_from,
        by=by,
        now=now,
    )


@transaction.atomic
def remind_receivers(*, today: date, by: Actor, now: datetime) -> int:
    """Mail receivers once more who have not answered two days before their term; how many."""
    waiting = Referral.objects.filter(
        state=State.ASKED, closed_at__isnull=True, due_on=today + timedelta(days=2)
    ).select_related("receiver", "offer")
    return sum(ask_receiver(referral, by=by, now=now) for referral in waiting)
