"""What people type on our own account pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from omzien.base.accounts import actions
from omzien.base.accounts.roles import ROLES, Resident

INVITED = [(name, role.title) for name, role in ROLES.items() if name != Resident.name]


# What a person reads when an action says no: its docstring, so that it can be translated.
SENTENCES = {
    actions.WrongCode: _("The code is not right. Look at the letter again and type it once more."),
    actions.NoTriesLeft: _(
        "The code can no longer be used. Ring us and we send you a new letter."
    ),
    actions.PasskeyNeeded: _(
        "Log in with your passkey first. Then type the code from the letter."
    ),
    actions.NotAResident: _("Only residents get a letter with a code."),
    actions.StillOwnsWork: _("Open work still stands in this name. Give it to a colleague first."),
    actions.AlreadyInvited: _(
        "There already is an invitation for this person in this role. Withdraw it first."
    ),
    actions.InvitationNotOpen: _(
        "The invitation was used, withdrawn, or is too old. Ask for a new one."
    ),
    actions.NotByInvitation: _("Residents need no invitation: they make an account themselves."),
    actions.AlreadyHasRole: _("The person already has this role."),
    actions.HasNoSuchRole: _("The person does not have this role."),
    actions.LastAdministrator: _(
        "The last administrator has to stay. Give somebody else the role first."
    ),
    actions.OwnRole: _("Nobody gives a role to themselves. Ask another administrator."),
}


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=INVITED)
    organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)


class LetterCodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code from the letter"),
        help_text=_("Twelve letters and numbers. Dashes and small letters do not matter."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off"}),
    )


class NameForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, required=False)


class SearchForm(forms.Form):
    search = forms.CharField(label=_("Name or e-mail address"), max_length=120, required=False)


class ChangeForm(forms.Form):
    """One of the administrator's buttons on somebody's account."""

    CHANGES = ("give_role", "end_role", "deactivate", "reactivate", "leave", "log_out")

    change = forms.ChoiceField(choices=[(name, name) for name in CHANGES])
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", ""), *((name, role.title) for name, role in ROLES.items())],
        required=False,
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if str(cleaned.get("change")).endswith("_role") and not cleaned.get("role"):
            self.add_error("role", _("Choose a role."))
        return cleaned
