"""What the privacy officer types to look something up."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from omzien.base.journal.queries import key_of_account, months

if TYPE_CHECKING:
    from datetime import date


class ActorField(forms.CharField):
    """A key, or the e-mail address of an account."""

    default_error_messages = {
        "unknown": _("There is no account with this address. Use the key of the person instead.")
    }

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        text = super().to_python(value)
        if not text:
            return None
        try:
            key: uuid.UUID | None = uuid.UUID(text)
        except ValueError:
            key = key_of_account(text)
        if key is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return key


class LookUpForm(forms.Form):
    record = forms.UUIDField(
        label=_("Key of the record"),
        required=False,
        error_messages={"invalid": _("A key looks like 1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b.")},
    )
    actor = ActorField(label=_("Who did it: e-mail address or key"), required=False)
    month = forms.TypedChoiceField(label=_("Month"), required=False, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        known = {month.isoformat(): month for month in months()}
        month = self.fields["month"]
        if isinstance(month, forms.TypedChoiceField):
            month.coerce = known.__getitem__
            month.choices = [("", _("all months")), *map(choice, reversed(known.values()))]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not any(found.values()):
            raise forms.ValidationError(
                _("Fill in at least one of the three: a record, a person or a month."),
                code="nothing",
            )
        return found


def choice(month: date) -> tuple[str, str]:
    return month.isoformat(), date_format(month, "F Y")
