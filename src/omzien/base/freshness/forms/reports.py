"""What a visitor says is wrong, and what became of it."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from omzien.base.freshness.models import Outcome, Wrong
from omzien.base.people.fields import refuse_bsn

WEB_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)


class WrongForm(forms.Form):
    """What is wrong, and what the visitor knows of it; nothing about the visitor."""

    what = forms.ChoiceField(
        label=_("What is not right?"), choices=Wrong.choices, widget=forms.RadioSelect
    )
    said = forms.CharField(
        label=_("What do you know of it?"),
        help_text=_("For example: it is now at two o'clock. Write no names of people."),
        max_length=500,
        required=False,
        validators=[refuse_bsn],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    # Nobody sees this field; programs that fill in every field betray themselves.
    nickname = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_said(self) -> str:
        said = str(self.cleaned_data["said"]).strip()
        if WEB_ADDRESS.search(said):
            raise ValidationError(_("Leave out addresses of websites."))
        return said

    @property
    def is_a_program(self) -> bool:
        return bool(self.cleaned_data.get("nickname"))


class OutcomeForm(forms.Form):
    """What became of a report."""

    outcome = forms.ChoiceField(
        label=_("What became of it?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
