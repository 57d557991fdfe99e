"""What is typed about a referral."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from omzien.base.desk.actions import duty, work
from omzien.base.desk.forms import DateInput
from omzien.base.people.fields import refuse_bsn
from omzien.base.people.models import GivenHow
from omzien.base.referrals.actions import referrals
from omzien.base.referrals.models import GoesAlong, Result

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# What a person reads when an action says no: its docstring, so that it can be translated.
SENTENCES: dict[type[Exception], _StrPromise] = {
    referrals.NoConsent: _(
        "The person has not agreed that this organisation hears about them. Ask first."
    ),
    referrals.AlreadyReferred: _(
        "This person was referred to this already, and that has not ended."
    ),
    referrals.NotYet: _("A referral cannot make this step now. Look how far it is."),
    referrals.NoAnswerYet: _("Choose how it ended, in the answer of the person."),
    referrals.HelperNotReady: _(
        "This helper may not go to somebody: a check or training is missing."
    ),
    duty.NotOnDuty: _("Nobody can own work who is away or has left. Choose somebody who is here."),
    work.AlreadyDone: _("Somebody finished it already."),
}
REFUSALS = tuple(SENTENCES)


class FindOfferForm(forms.Form):
    """What somebody would like, in a word or two."""

    words = forms.CharField(
        label=_("What would you like to do, or who could help?"),
        help_text=_("Such as: walking, eating together, a piano."),
        max_length=80,
        widget=forms.TextInput(attrs={"autofocus": True}),
    )


class ReferForm(forms.Form):
    """What is passed on, and who goes along."""

    offer = forms.UUIDField(widget=forms.HiddenInput())
    wish = forms.CharField(
        label=_("What do they wish? Write it in their own words."),
        help_text=_("The receiver reads this after saying yes. Read it aloud first."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_bsn],
    )
    goes_along = forms.ChoiceField(
        label=_("Who goes along the first time?"),
        choices=GoesAlong.choices,
        widget=forms.RadioSelect(),
    )
    agrees = forms.BooleanField(
        label=_("The person agrees that this organisation gets their name, phone and wish.")
    )
    tell_back = forms.BooleanField(
        label=_("Who refers may hear what became of it."), required=False
    )
    given_how = forms.ChoiceField(label=_("How did they say so?"), choices=GivenHow.choices)


class ArrivedForm(forms.Form):
    """The day on which somebody went there for the first time."""

    arrived_on = forms.DateField(label=_("First time on"), widget=DateInput(), required=False)


class EndForm(forms.Form):
    """How it ended."""

    result = forms.ChoiceField(
        label=_("How did it end, in their own answer?"),
        choices=[choice for choice in Result.choices if choice[0]],
        widget=forms.RadioSelect(),
    )
