"""What is typed at the desk: every form says what is wrong and keeps what was typed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from omzien.base.accounts.models import User
from omzien.base.desk.actions import calls, duty, exchange, work
from omzien.base.desk.importers import work_sheet
from omzien.base.desk.models import CallerKind, Reason
from omzien.base.desk.queries.duty import people_on_duty, work_lists
from omzien.base.people.actions import consents, participants
from omzien.base.people.fields import refuse_bsn
from omzien.base.people.models import Authority, GivenHow, Purpose, RepresentativeKind
from omzien.base.people.queries.participants import Contact
from omzien.methods.letter_codes import read_code
from omzien.methods.spelling import phone_key

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import _StrPromise

    UserField = forms.ModelChoiceField[User]
else:  # Django's own class takes no type parameters while running.
    UserField = forms.ModelChoiceField

TAKE_REASONS = [
    ("desk.plan_week", _("plan the week")),
    ("desk.meeting", _("discuss it in a meeting")),
    ("desk.no_screen", _("work where there is no connection")),
]

# What a person reads when an action says no: its docstring, so that it can be translated.
SENTENCES: dict[type[Exception], _StrPromise] = {
    participants.NameAndAddressNeeded: _(
        "We need at least a surname, a street and a house number."
    ),
    participants.UnlikelyYearOfBirth: _(
        "A year of birth has four digits, such as 1944, and lies in the past."
    ),
    participants.AlreadyErased: _(
        "We no longer know who this is: the name and address were erased."
    ),
    consents.AlreadyAgreed: _("Somebody already agreed to that, and has not taken it back."),
    consents.AlreadyTakenBack: _("It was taken back already."),
    consents.NotEnoughAuthority: _(
        "For this we need another proof, or a day on which it ends. See the list beside the form."
    ),
    duty.NotOnDuty: _("Nobody can own work who is away or has left. Choose somebody who is here."),
    duty.AwayNow: _("Somebody who is away cannot come on duty. End the absence first."),
    duty.ImpossibleAbsence: _(
        "Choose a last day that is not before the first, other days than before, and a colleague."
    ),
    duty.AlreadyBack: _("The absence is over already."),
    work.AlreadyDone: _("Somebody finished it already."),
    work.EndsWithAnAnswer: _(
        "This ends with the person's own answer. Open it and write down how it ended."
    ),
    calls.NobodyToCallBack: _("Write who should be called back, and on which number."),
    calls.CallIsOver: _(
        "The call was somebody else's or too long ago. Find the person again and say why."
    ),
    exchange.ChangedMeanwhile: _(
        "Somebody changed one of these rows in the meantime. Nothing was taken over."
    ),
    work_sheet.NotAWorkList: _(
        "The file is not a work list that was taken from here: take a new one and change that."
    ),
    work_sheet.FormulaInside: _(
        "There is a formula in the file. Replace it by plain text and try again."
    ),
}
REFUSALS = tuple(SENTENCES)


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def fill(form: forms.Form, *names: str) -> None:
    """Let these fields offer who is on duty at this moment."""
    here = people_on_duty().values("user")
    colleagues = User.objects.filter(pk__in=here).order_by("name", "pk")
    for name in names:
        field = form.fields[name]
        assert isinstance(field, OnDutyField)  # noqa: S101 - they stand in the form
        field.queryset = colleagues


class OnDutyField(UserField):
    """A colleague who can own work now."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(User.objects.none(), **kwargs)


class FindForm(forms.Form):
    """By the code on the letter, or by surname and street; never by a part of a name."""

    code = forms.CharField(
        label=_("Code on the letter"),
        help_text=_("Eight letters and numbers, such as CDFH-JKMK."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    surname = forms.CharField(label=_("Surname"), max_length=80, required=False)
    street = forms.CharField(label=_("Street"), max_length=80, required=False)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if code and read_code(code) is None:
            raise ValidationError(
                _("A letter or number of the code is not right. Ask for it once more.")
            )
        return code

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "code" in given and not given["code"] and not (given["surname"] and given["street"]):
            raise ValidationError(
                _("Type the code on the letter, or the surname and the street together.")
            )
        return given


class CallForm(forms.Form):
    """Who is on the line, and why the record is opened."""

    caller_kind = forms.ChoiceField(
        label=_("Who calls?"), choices=CallerKind.choices, widget=forms.RadioSelect
    )
    caller_name = forms.CharField(
        label=_("Name of the caller"),
        help_text=_("Only when somebody calls for another. We do not keep it."),
        max_length=80,
        required=False,
    )
    reason = forms.ChoiceField(label=_("Why do you open this record?"), choices=Reason.choices)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for_another = given.get("caller_kind") in {"carer", "legal", "proxy"}
        if for_another and not given.get("caller_name"):
            self.add_error("caller_name", _("Ask for the name of the caller and type it here."))
        return given


class CallBackForm(forms.Form):
    """A promise: what about, before which day, by whom. Enter is enough."""

    note = forms.CharField(
        label=_("What about?"),
        help_text=_("A few words. No numbers of cards or the citizen service number."),
        max_length=300,
        required=False,
        validators=[refuse_bsn],
        # On the phone every key counts: type, Enter, done.
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    due_on = forms.DateField(label=_("Call back no later than"), widget=DateInput())
    owner = OnDutyField(
        label=_("Who calls back?"), required=False, empty_label=_("The owner of the list")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401 - idem
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["due_on"].initial = next_working_day(today)
        fill(self, "owner")

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day < self.today:
            raise ValidationError(_("Choose today or a later day."))
        return day


class StrangerCallBackForm(CallBackForm):
    """The same for a caller whom we do not know yet."""

    whom = forms.CharField(
        label=_("Who, and on which number?"), max_length=120, validators=[refuse_bsn]
    )
    field_order = ("whom", "note", "due_on", "owner")


class ConsentForm(forms.Form):
    """A yes: to what, for whom, how it was given."""

    purpose = forms.ChoiceField(label=_("Agrees that we …"), choices=Purpose.choices)
    receiver = forms.SlugField(
        label=_("For which organisation?"), help_text=_("The short name."), max_length=60
    )
    wording = forms.CharField(
        label=_("Version of the wording"), help_text=_("It stands below the text."), max_length=20
    )
    given_how = forms.ChoiceField(label=_("How?"), choices=GivenHow.choices)


class ContactForm(forms.Form):
    """How to address and reach somebody."""

    salutation = forms.CharField(label=_("Form of address"), max_length=30, required=False)
    first_name = forms.CharField(label=_("First name"), max_length=60, required=False)
    surname = forms.CharField(label=_("Surname"), max_length=80)
    street = forms.CharField(label=_("Street"), max_length=80)
    house_number = forms.CharField(label=_("House number"), max_length=12)
    postcode = forms.CharField(label=_("Postcode"), max_length=8, required=False)
    town = forms.CharField(label=_("Town"), max_length=60, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=24, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    birth_year = forms.CharField(label=_("Year of birth"), max_length=4, required=False)

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"])
        if phone and not phone_key(phone):
            raise ValidationError(_("A phone number has ten digits and begins with 0."))
        return phone

    def clean(self) -> dict[str, Any]:
        for name in set(self.cleaned_data) - {"phone", "birth_year"}:
            try:
                refuse_bsn(str(self.cleaned_data[name]))
            except ValidationError as error:
                self.add_error(name, error)
        return self.cleaned_data

    def contact(self) -> Contact:
        return Contact(**self.cleaned_data)


class RepresentationForm(forms.Form):
    """Who may speak for somebody, and what was seen to prove it."""

    kind = forms.ChoiceField(label=_("As what?"), choices=RepresentativeKind.choices)
    name = forms.CharField(label=_("Name"), max_length=80, validators=[refuse_bsn])
    phone = forms.CharField(label=_("Phone"), max_length=24, required=False)
    authority = forms.ChoiceField(label=_("What did you see or hear?"), choices=Authority.choices)
    valid_from = forms.DateField(label=_("From"), widget=DateInput())
    valid_until = forms.DateField(
        label=_("Until"),
        help_text=_("Only what the court decided may have no end."),
        widget=DateInput(),
        required=False,
    )


class HandledForm(forms.Form):
    """What happened to a call-back: done, another day, another colleague."""

    due_on = forms.DateField(label=_("Another day"), widget=DateInput(), required=False)
    owner = OnDutyField(label=_("A colleague"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        fill(self, "owner")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.data.get("do") == "move" and not (given.get("due_on") or given.get("owner")):
            raise ValidationError(_("Choose another day or a colleague."))
        return given


class HandOverForm(forms.Form):
    """All open work of one colleague to another."""

    user = OnDutyField(label=_("All open work of"))
    to = OnDutyField(label=_("goes to"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        kwargs.setdefault("auto_id", "hand_over_%s")
        super().__init__(*args, **kwargs)
        fill(self, "user", "to")


class ListOwnerForm(forms.Form):
    """Whose a kind of work is, and who takes over."""

    kind = forms.ChoiceField(label=_("Which list?"))
    owner = OnDutyField(label=_("Whose is it?"))
    deputy = OnDutyField(label=_("Who takes over?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        kwargs.setdefault("auto_id", "list_%s")
        super().__init__(*args, **kwargs)
        fill(self, "owner", "deputy")
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - it stands above
        kind.choices = [(each.kind, each.title) for each in work_lists()]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("owner") and given.get("owner") == given.get("deputy"):
            self.add_error("deputy", _("Choose somebody else than the owner."))
        return given


class TakeListForm(forms.Form):
    """Why a work list is taken out of the house."""

    reason = forms.ChoiceField(label=_("What do you need it for?"), choices=TAKE_REASONS)
    mine = forms.BooleanField(label=_("Only my own work"), required=False)


class BringBackForm(forms.Form):
    """A work list that comes back."""

    file = forms.FileField(label=_("The changed work list"), help_text=_("An Excel file (xlsx)."))


class AbsenceForm(forms.Form):
    """When a colleague is away, and who takes over."""

    user = OnDutyField(label=_("Who is away?"))
    first_day = forms.DateField(label=_("First day"), widget=DateInput())
    last_day = forms.DateField(label=_("Last day"), widget=DateInput())
    deputy = OnDutyField(label=_("Who takes over?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        kwargs.setdefault("auto_id", "absence_%s")
        super().__init__(*args, **kwargs)
        fill(self, "user", "deputy")


def next_working_day(today: date) -> date:
    """Return the day after `today` on which people work."""
    day = today + timedelta(days=1)
    while day.weekday() > 4:  # noqa: PLR2004 - Friday
        day += timedelta(days=1)
    return day
