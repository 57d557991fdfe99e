"""Who keeps what, and how often it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from omzien.base.accounts.queries import user_by_email
from omzien.base.catalogue.models import Kind
from omzien.base.freshness.actions.keepers import Person
from omzien.base.freshness.models import CheckRhythm, Part, Reach
from omzien.base.people.fields import refuse_bsn
from omzien.methods.spelling import phone_key

if TYPE_CHECKING:
    from omzien.base.accounts.models import User

THIS, ALL = "offer", "organisation"


class KeeperForm(forms.Form):
    """Somebody who keeps a record, or all of an organisation."""

    about = forms.ChoiceField(
        label=_("Keeps what?"),
        choices=[(THIS, _("only this record")), (ALL, _("all of this organisation"))],
        widget=forms.RadioSelect,
        initial=THIS,
    )
    part = forms.ChoiceField(label=_("Does what?"), choices=Part.choices)
    name = forms.CharField(label=_("Name"), max_length=120, validators=[refuse_bsn])
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=24, required=False)
    reach = forms.ChoiceField(label=_("How do we ask?"), choices=Reach.choices)

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"])
        if phone and not phone_key(phone):
            raise ValidationError(_("A phone number has ten digits and begins with 0."))
        return phone

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("reach") == Reach.MAIL and "email" in given and not given["email"]:
            self.add_error("email", _("Fill in the address that the mail goes to."))
        if given.get("reach") == Reach.PHONE and "phone" in given and not given["phone"]:
            self.add_error("phone", _("Fill in the number that we ring."))
        return given

    def who(self) -> User | Person:
        """Return the account of this address, where there is one; else the person."""
        given = self.cleaned_data
        user = user_by_email(given["email"]) if given["email"] else None
        if user and user.is_active and given["reach"] == Reach.MAIL:
            return user
        return Person(given["name"], given["email"], given["phone"], given["reach"])


class RhythmForm(forms.Form):
    """After how many months each kind of record is looked at again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        known = dict(CheckRhythm.objects.values_list("kind", "months"))
        for kind in Kind:
            self.fields[kind.value] = forms.IntegerField(
                label=kind.label.capitalize(),
                min_value=1,
                max_value=60,
                required=False,
                initial=known.get(kind.value),
            )

    def different(self) -> dict[str, int | None]:
        """Return the kinds whose rhythm changes."""
        return {name: self.cleaned_data[name] for name in self.changed_data}
