"""When an offer takes place: one set of questions, from which lines follow."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.importers.rows import ChangeRow, LineRow
from omzien.base.catalogue.models import Frequency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ONCE, WEEKLY, TWO_WEEKLY, MONTHLY = "once", "weekly", "two-weekly", "monthly"
HOW_OFTEN = [
    (WEEKLY, _("every week")),
    (TWO_WEEKLY, _("every two weeks")),
    (MONTHLY, _("every month")),
    (ONCE, _("only once")),
]
WHICH = {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), -1: _("last")}
CANCELLED, MOVED, EXTRA = "cancelled", "moved", "extra"
WHAT_CHANGES = [
    (CANCELLED, _("it does not go on")),
    (MOVED, _("it is at another time")),
    (EXTRA, _("there is one more")),
]
SLOTS = ("1", "2", "3")
# What ends before it begins goes on after midnight, but not until the afternoon.
LATEST_END = time(6)
ANY_DAY = date(2000, 1, 1)


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class Ordinals(forms.TypedMultipleChoiceField):
    """Numbers with a word each, ticked one by one."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, words: dict[int, Any], **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        def choices() -> list[tuple[str, str]]:
            return [(str(number), capfirst(str(word))) for number, word in words.items()]

        super().__init__(choices=choices, coerce=int, required=False, **kwargs)


def minutes_between(begins: time, ends: time) -> int:
    """Return how long something lasts; refuse an end that comes before the beginning."""
    if ends <= begins and ends >= LATEST_END:
        raise ValidationError(_("The end comes before the beginning."))
    gap = datetime.combine(ANY_DAY, ends) - datetime.combine(ANY_DAY, begins)
    return int((gap % timedelta(days=1)).total_seconds() // 60) or 24 * 60


class TimesForm(forms.Form):
    """How often, on which days, from when, and at which times of the day."""

    how_often = forms.ChoiceField(
        label=_("How often?"), choices=HOW_OFTEN, widget=forms.RadioSelect, initial=WEEKLY
    )
    weekdays = Ordinals(dict(WEEKDAYS), label=_("On which days?"))
    weeks = Ordinals(
        dict(WHICH),
        label=_("Which one of the month?"),
        help_text=_("Only when it is every month."),
    )
    first_day = forms.DateField(
        label=_("When is the first time?"),
        help_text=_("Or the day from which it counts."),
        widget=DateInput(),
    )
    begins_1 = forms.TimeField(label=_("Begins at"), widget=TimeInput())
    ends_1 = forms.TimeField(label=_("Ends at"), widget=TimeInput())
    begins_2 = forms.TimeField(label=_("And again, begins at"), required=False, widget=TimeInput())
    ends_2 = forms.TimeField(label=_("Ends at"), required=False, widget=TimeInput())
    begins_3 = forms.TimeField(label=_("And again, begins at"), required=False, widget=TimeInput())
    ends_3 = forms.TimeField(label=_("Ends at"), required=False, widget=TimeInput())
    until = forms.DateField(
        label=_("When is the last time?"),
        help_text=_("Empty when it goes on."),
        required=False,
        widget=DateInput(),
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        often = given.get("how_often")
        if often in {WEEKLY, TWO_WEEKLY, MONTHLY} and not given.get("weekdays"):
            self.add_error("weekdays", _("Tick at least one day."))
        if often == MONTHLY and not given.get("weeks"):
            self.add_error("weeks", _("Tick which one: the first, the last …"))
        first, last = given.get("first_day"), given.get("until")
        if first and last and last < first:
            self.add_error("until", _("The last time comes before the first."))
        for slot in SLOTS:
            self.clean_slot(slot)
        return given

    def clean_slot(self, slot: str) -> None:
        """Refuse half a time, or one that ends before it begins."""
        begins = self.cleaned_data.get(f"begins_{slot}")
        ends = self.cleaned_data.get(f"ends_{slot}")
        if (begins is None) != (ends is None):
            missing = f"ends_{slot}" if ends is None else f"begins_{slot}"
            if missing not in self.errors:
                self.add_error(missing, _("Fill in from when to when."))
        elif begins is not None and ends is not None:
            try:
                minutes_between(begins, ends)
            except ValidationError as error:
                self.add_error(f"ends_{slot}", error)

    def lines(self) -> tuple[LineRow, ...]:
        """Return one line for each time of the day."""
        return tuple(
            LineRow(
                first_day=self.cleaned_data["first_day"],
                starts_at=begins,
                minutes=minutes_between(begins, ends),
                **self.repetition(),
            )
            for begins, ends in self.slots()
        )

    def slots(self) -> Iterator[tuple[time, time]]:
        for slot in SLOTS:
            begins = self.cleaned_data.get(f"begins_{slot}")
            if begins is not None:
                yield begins, self.cleaned_data[f"ends_{slot}"]

    def repetition(self) -> dict[str, Any]:
        """Return how the lines come back."""
        given = self.cleaned_data
        often = given["how_often"]
        if often == ONCE:
            return {"frequency": Frequency.ONCE.value}
        monthly = often == MONTHLY
        return {
            "frequency": (Frequency.MONTHLY if monthly else Frequency.WEEKLY).value,
            "interval": 2 if often == TWO_WEEKLY else 1,
            "weekdays": tuple(given["weekdays"]),
            "weeks_of_month": tuple(given["weeks"]) if monthly else (),
            "until": given["until"],
        }


class OnceForm(forms.Form):
    """One time that is different: it does not go on, is moved, or comes on top."""

    what = forms.ChoiceField(
        label=_("What is different?"),
        choices=WHAT_CHANGES,
        widget=forms.RadioSelect,
        initial=CANCELLED,
    )
    day = forms.DateField(label=_("On which day would it be?"), required=False, widget=DateInput())
    new_day = forms.DateField(
        label=_("On which day is it now?"),
        help_text=_("Only when it is at another time, or one more."),
        required=False,
        widget=DateInput(),
    )
    begins = forms.TimeField(label=_("Begins at"), required=False, widget=TimeInput())
    ends = forms.TimeField(label=_("Ends at"), required=False, widget=TimeInput())
    note = forms.CharField(
        label=_("Why?"),
        help_text=_("Everybody can read this."),
        max_length=200,
        required=False,
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's signature
        takes_place: Callable[[date], bool] = lambda _day: True,
        **kwargs: Any,  # noqa: ANN401 - idem
    ) -> None:
        super().__init__(*args, **kwargs)
        self.takes_place = takes_place

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        what = given.get("what")
        if what in {CANCELLED, MOVED}:
            self.clean_old(given.get("day"))
        if what in {MOVED, EXTRA}:
            self.clean_new()
        return given

    def clean_old(self, day: date | None) -> None:
        if day is None:
            if "day" not in self.errors:
                self.add_error("day", _("Fill in the day."))
        elif not self.takes_place(day):
            self.add_error("day", _("On that day there is nothing. Look at the list of times."))

    def clean_new(self) -> None:
        given = self.cleaned_data
        for name in ("new_day", "begins", "ends"):
            if given.get(name) is None and name not in self.errors:
                self.add_error(name, _("Fill this in."))
        if given.get("begins") is not None and given.get("ends") is not None:
            try:
                minutes_between(given["begins"], given["ends"])
            except ValidationError as error:
                self.add_error("ends", error)

    def change(self) -> ChangeRow:
        given = self.cleaned_data
        old = given["day"] if given["what"] in {CANCELLED, MOVED} else None
        if given["what"] == CANCELLED:
            return ChangeRow(day=old, note=given["note"])
        return ChangeRow(
            day=old,
            new_day=given["new_day"],
            new_starts_at=given["begins"],
            new_minutes=minutes_between(given["begins"], given["ends"]),
            note=given["note"],
        )
