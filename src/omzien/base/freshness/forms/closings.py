"""Days on which an organisation is closed, from the first until the last."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omzien.base.freshness.forms.schedules import DateInput
from omzien.methods.recurrence import DayRange
from omzien.methods.recurrence.plans import LONGEST_CLOSED


class DaysOffForm(forms.Form):
    """A first and a last day; one day is both."""

    first = forms.DateField(label=_("Closed from"), widget=DateInput())
    last = forms.DateField(
        label=_("Closed until and including"),
        help_text=_("Empty when it is one day."),
        required=False,
        widget=DateInput(),
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day comes before the first."))
        elif first and last and last - first > LONGEST_CLOSED:
            self.add_error("last", _("That is longer than five years."))
        return given

    def days(self) -> DayRange:
        given = self.cleaned_data
        return DayRange(given["first"], given["last"] or given["first"])
