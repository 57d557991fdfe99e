"""Asking for an emergency opening, and allowing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omzien.base.privacy.actions import break_glass
from omzien.base.privacy.models import Emergency

if TYPE_CHECKING:
    from collections.abc import Mapping

HOURS = [(1, _("1 hour")), (4, _("4 hours")), (12, _("12 hours")), (24, _("24 hours"))]

# What a person reads when an action says no: its docstring, so that it can be translated.
SENTENCES = {
    break_glass.MayNotAsk: _(
        "Your role cannot ask for an emergency opening. Call the coordinator."
    ),
    break_glass.NeedsAnother: _(
        "Another coordinator or the privacy officer must allow this: you cannot do it alone."
    ),
    break_glass.NeedsReason: _(
        "Choose why this is an emergency, and write in a sentence what is going on."
    ),
    break_glass.AlreadyAllowed: _("Somebody has already allowed this opening."),
    break_glass.NotOpen: _("The dossier is not open any more: there is nothing to close."),
    break_glass.TooLong: _("An emergency opening lasts an hour at least and a day at most."),
}
REFUSALS = tuple(SENTENCES)


class AskForm(forms.Form):
    subject_key = forms.UUIDField(
        label=_("Key of the dossier"),
        error_messages={"invalid": _("A key looks like 1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b.")},
    )
    controller = forms.ChoiceField(label=_("Whose dossier is it?"))
    reason = forms.ChoiceField(label=_("Why is this an emergency?"), choices=Emergency.choices)
    explanation = forms.CharField(
        label=_("What is going on?"),
        help_text=_("A sentence or two. It is kept encrypted."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )

    def __init__(self, data: Mapping[str, Any] | None, *, controllers: list[str]) -> None:
        super().__init__(data)
        field = self.fields["controller"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(name, name) for name in controllers]


class AllowForm(forms.Form):
    hours = forms.TypedChoiceField(label=_("For how long?"), choices=HOURS, coerce=int)
