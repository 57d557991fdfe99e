"""A referral, the states it goes through, and its steps."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models import Offer
from omzien.base.desk.models import OwnedWork
from omzien.base.network.models import Organisation
from omzien.base.people.models import Helper, Participant


class State(models.TextChoices):
    ASKED = "asked", _("asked: the receiver has not answered yet")
    ACCEPTED = "accepted", _("the receiver says yes")
    DECLINED = "declined", _("the receiver cannot")
    CONTACT_MADE = "contact_made", _("they spoke with each other")
    ARRIVED = "arrived", _("went there for the first time")
    SIX_WEEKS = "six_weeks", _("still going after six weeks")
    THIRTEEN_WEEKS = "thirteen_weeks", _("still going after thirteen weeks")
    ENDED = "ended", _("ended earlier")


# From each state, where it may go. Whoever reads this knows how a referral can run.
MOVES: dict[str, tuple[str, ...]] = {
    State.ASKED: (State.ACCEPTED, State.DECLINED, State.ENDED),
    State.DECLINED: (State.ASKED, State.ENDED),
    State.ACCEPTED: (State.CONTACT_MADE, State.DECLINED, State.ENDED),
    State.CONTACT_MADE: (State.ARRIVED, State.ENDED),
    State.ARRIVED: (State.SIX_WEEKS, State.ENDED),
    State.SIX_WEEKS: (State.THIRTEEN_WEEKS, State.ENDED),
    State.THIRTEEN_WEEKS: (),
    State.ENDED: (),
}
CLOSED = (State.THIRTEEN_WEEKS, State.ENDED)


class GoesAlong(models.TextChoices):
    """Who goes with somebody the first time: a warm hand-over."""

    NOBODY = "nobody", _("nobody, the person prefers to go alone")
    HELPER = "helper", _("one of our helpers")
    RECEIVER = "receiver", _("somebody of the receiver fetches them")
    OWN = "own", _("family, a neighbour or a friend")


class Result(models.TextChoices):
    """How it ended, in the answer of the person."""

    OPEN = "", _("not ended yet")
    STILL_GOING = "still_going", _("is still going")
    OWN_CHOICE = "own_choice", _("did not want to go on")
    FOUND_OTHER = "found_other", _("found something else")
    DID_NOT_FIT = "did_not_fit", _("it did not fit")
    NO_CONSENT = "no_consent", _("took the consent back")
    NOT_POSSIBLE = "not_possible", _("is no longer able to, moved or died")


class Referral(OwnedWork):
    """Somebody is led to an offer or organisation, and followed until their own last answer."""

    participant = models.ForeignKey(
        Participant, verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )
    receiver = models.ForeignKey(
        Organisation,
        verbose_name=_("to which organisation"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    offer = models.ForeignKey(
        Offer,
        verbose_name=_("to what"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    state = models.CharField(_("how far"), max_length=14, choices=State, default=State.ASKED)
    result = models.CharField(_("how it ended"), max_length=12, choices=Result, blank=True)
    # Who made it, and in which line: whom to tell what became of it.
    referred_by = models.UUIDField(_("referred by"))
    referred_from = models.CharField(_("from which line"), max_length=20)
    goes_along = models.CharField(_("who goes along"), max_length=8, choices=GoesAlong)
    companion = models.ForeignKey(
        Helper,
        verbose_name=_("which helper"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    # In the person's own words; sealed with their key like the note.
    sealed_wish = models.TextField(_("what they wish"), blank=True)
    arrived_on = models.DateField(_("first time on"), null=True, blank=True)

    # It ends with an answer of the person, never with a tick in a list.
    ends_with_an_answer = True

    class Meta(OwnedWork.Meta):
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        constraints = [
            *OwnedWork.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="referral_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(goes_along__in=GoesAlong.values), name="referral_goes_along_is_known"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, result="") & ~Q(state__in=CLOSED)
                | Q(closed_at__isnull=False, state__in=CLOSED, result__in=Result.values)
                & ~Q(result=""),
                name="referral_ends_with_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(arrived_on__isnull=False)
                | ~Q(state__in=(State.ARRIVED, State.SIX_WEEKS, State.THIRTEEN_WEEKS)),
                name="referral_arrived_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(companion__isnull=True) | Q(goes_along=GoesAlong.HELPER),
                name="referral_companion_goes_along",
            ),
            models.CheckConstraint(
                condition=Q(sealed_wish="") | Q(sealed_wish__regex=r"^gAAAA"),
                name="referral_wish_is_sealed",
            ),
            models.UniqueConstraint(
                fields=["participant", "offer"],
                condition=Q(closed_at__isnull=True, offer__isnull=False),
                name="referral_open_once_per_offer",
            ),
        ]

    class Privacy:
        personal = True
        purpose = "Lead somebody to company or help they want, and see that they arrive there."
        basis = "AVG art. 6(1)(a) and 9(2)(a): consent for each receiver"
        controller = "joint"
        arrangement = (
            "The receiver sees what was agreed to while the consent stands (AVG art. 26)."
        )
        keep = timedelta(days=365)
        keep_from = "closed_at"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)

    def get_absolute_url(self) -> str:
        return reverse("referrals:referral", args=[self.key])

    @property
    def title(self) -> str:
        """Return what is to be done next, without a name."""
        return str(NEXT[State(self.state)])

    @property
    def what(self) -> str:
        """Return to what somebody was led, as it may be said to everybody."""
        return self.offer.name if self.offer else self.receiver.name


NEXT = {
    State.ASKED: _("Call the receiver: can they come?"),
    State.DECLINED: _("Look for something else together"),
    State.ACCEPTED: _("Did they speak with each other?"),
    State.CONTACT_MADE: _("Have they been there?"),
    State.ARRIVED: _("Are they still going, after six weeks?"),
    State.SIX_WEEKS: _("Are they still going, after thirteen weeks?"),
    State.THIRTEEN_WEEKS: _("Nothing: it is done"),
    State.ENDED: _("Nothing: it has ended"),
}


class Step(models.Model):
    """One move of a referral: to which state, when, and by whom."""

    referral = models.ForeignKey(
        Referral, verbose_name=_("referral"), on_delete=models.CASCADE, related_name="steps"
    )
    state = models.CharField(_("to"), max_length=14, choices=State)
    at = models.DateTimeField(_("when"))
    actor_key = models.UUIDField(_("by"))
    actor_role = models.CharField(_("in the role of"), max_length=40)

    class Meta:
        verbose_name = _("step of a referral")
        verbose_name_plural = _("steps of a referral")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="step_state_is_known"
            ),
        ]

    class Privacy:
        personal = True
        fields = {"state": "keep", "actor_role": "keep"}
        purpose = "See how a referral ran, and how long people waited."
        basis = "AVG art. 6(1)(a) and 9(2)(a): goes with the referral"
        controller = "joint"
        arrangement = "Goes with the referral."
        keep = timedelta(days=365)
        keep_from = "referral__closed_at"
        erase = "delete"

    def __str__(self) -> str:
        return f"{self.state} {self.at:%Y-%m-%d}"
