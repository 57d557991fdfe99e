"""What is handed in and chosen for exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from omzien.base.exchange import clients
from omzien.base.exchange.actions import merging, sheets, subscriptions
from omzien.base.exchange.importers import calendars, errors, pages, tables
from omzien.base.exchange.queries.known import TooManyGone
from omzien.base.network.queries import organisations, organisations_named
from omzien.base.places.queries import fold
from omzien.methods.recurrence import errors as recurrence
from omzien.methods.recurrence.calendars.entries import Trouble

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from omzien.base.network.models import Organisation

SENTENCES: dict[type[Exception], _StrPromise] = {
    tables.TooLarge: _(
        "The file is larger than 5 MB or has more than 5,000 rows. Split it into parts."
    ),
    tables.NotATable: _(
        "This is not a spreadsheet (XLSX) or CSV file that can be read. Save it as XLSX once more."
    ),
    tables.NoRows: _("There is no row below the first one with the names of the columns."),
    tables.UnreadableLetters: _(
        "The letters in the file cannot be read. Save it as XLSX, or as CSV in UTF-8."
    ),
    sheets.MeaningMissing: _(
        "Say in which column the name of the activity stands, and in which the organisation."
    ),
    sheets.MeaningTwice: _(
        "Two columns cannot mean the same. Choose another meaning for one of them."
    ),
    merging.SameRecord: _("These are one and the same record already."),
    merging.AlreadyEnded: _("One of these records has stopped. Look at the list again."),
    merging.KeptInTwoSystems: _(
        "Both come from another system and would come back. Ask one of them to stop theirs."
    ),
    subscriptions.NoCalendarAddress: _(
        "This is no address of a calendar: it begins with https:// or webcal://."
    ),
    subscriptions.AlreadySubscribed: _("This calendar is read already."),
    subscriptions.SubscriptionStopped: _(
        "This calendar is not read any more. Subscribe it again."
    ),
}
REFUSALS = tuple(SENTENCES)

# What can go wrong with a calendar as a whole, by the name that is kept of it.
CALENDAR_PROBLEMS: dict[str, _StrPromise] = {
    kind.__name__: sentence
    for kind, sentence in {
        clients.CannotFetch: _("The calendar cannot be fetched. Check the address."),
        clients.NotPublic: _("The address leads into a closed network. Ask for a public one."),
        clients.NotAWebAddress: _("The address leads to something that is no web address."),
        errors.Empty: _("There is nothing at this address."),
        errors.WebPage: _(
            "This is a web page and no calendar. Ask for the address that ends in .ics."
        ),
        errors.WrongLetters: _(
            "The letters in the calendar cannot be read. Ask for a calendar in UTF-8."
        ),
        errors.NothingOfUse: _("There is not one thing in the calendar that can be used."),
        TooManyGone: _(
            "More than half has gone from the calendar. Nothing was changed: ask whether it is "
            "right."
        ),
        calendars.TooManyEntries: _(
            "There are more than 2,000 coming things in it. Ask for a calendar with only what "
            "they offer."
        ),
        recurrence.NotACalendar: _("This is no calendar. Ask for the address that ends in .ics."),
        recurrence.BrokenCalendar: _("The calendar is broken. Ask for a new one."),
        recurrence.HalfACalendar: _("The calendar stops half-way. We try again by ourselves."),
        recurrence.CalendarTooLarge: _(
            "The calendar is larger than 5 MB or has more than 20,000 things in it. Ask for a "
            "smaller one, such as of one year."
        ),
    }.items()
}
# What can be wrong with a web page as a whole.
PAGE_PROBLEMS: dict[type[Exception], _StrPromise] = {
    errors.Empty: _("There is nothing in it."),
    errors.TooLarge: _("The page is larger than 5 MB or has more than 2,000 events in it."),
    errors.WrongLetters: _("The letters in the page cannot be read. Save it as UTF-8."),
    errors.NothingOfUse: _("There is not one event in the page that can be used."),
    pages.NoEvents: _(
        "This page does not tell programs what is on. Ask for a list or a calendar instead."
    ),
}
# What can be wrong with one thing in a calendar.
TROUBLES: dict[str, _StrPromise] = {
    Trouble.PRIVATE.name: _("It is marked as private, so it was not read."),
    Trouble.NO_START.name: _("It does not say when it begins."),
    Trouble.BROKEN.name: _("A date, a time or a rule in it cannot be read."),
    Trouble.NONSENSE.name: _("Its repetition cannot be."),
    Trouble.TOO_RICH.name: _("Its repetition is of a kind that is not read."),
    Trouble.TOO_MANY.name: _("It takes place more than a thousand times in a year."),
    Trouble.TOO_LONG.name: _("It lasts longer than seven days."),
    Trouble.NEVER.name: _("It never takes place."),
    Trouble.NO_NAME.name: _("It has no number of its own. We made one of its name and time."),
    Trouble.TWICE.name: _("It is there twice. The newest was read."),
    Trouble.NO_END.name: _("It does not say when it ends. We took one hour."),
    Trouble.EVERY_DAY.name: _("It lasts longer than seven days. We read it as every day."),
    Trouble.UNKNOWN_ZONE.name: _("Its time zone is not known. We took the time of here."),
    Trouble.SPELLED_OUT.name: _("Its repetition is a rare one. We read a year, date by date."),
    Trouble.OTHER_ZONE.name: _("It follows a clock elsewhere. We read a year, date by date."),
    Trouble.ALONE.name: _("A changed meeting is not in the repetition. We read it as extra."),
    Trouble.OTHER_TEXT.name: _("One meeting has a name or place of its own. That was not read."),
}

MEANINGS = [
    ("", _("leave this column out")),
    ("name", _("name of the activity")),
    ("organisation", _("organisation")),
    ("summary", _("in one sentence")),
    ("description", _("what happens there")),
    ("when", _("day and time")),
    ("location", _("location")),
    ("street", _("street and number")),
    ("postcode", _("postcode")),
    ("town", _("town")),
    ("price", _("price")),
    ("phone", _("telephone")),
    ("email", _("e-mail address")),
    ("website", _("website")),
    ("for_whom", _("for whom")),
    ("theme", _("theme")),
    ("number", _("their own number")),
]
# Why a row is left out, in words.
WHY = {
    "formula": _("There is a formula in this row. Replace it by plain text."),
    "no-name": _("There is no name."),
    "no-organisation": _("There is no organisation."),
    "long-name": _("The name is too long: at most 160 letters."),
    "long-organisation": _("The name of the organisation is too long: at most 160 letters."),
    "long-summary": _("The sentence is too long: at most 300 letters."),
    "long-for_whom": _("“For whom” is too long: at most 300 letters."),
    "long-phone": _("The telephone number is too long."),
    "address": _("The e-mail address or website is not right."),
    "postcode": _("The postcode is not right: write 2711 AB."),
    "price": _("The price cannot be read: write 2,50 or free."),
    "when": _("Day and time cannot be read. Write: Tuesday 10.00-12.00, or 2026-12-01 14:00."),
    "broken": _("A part of the page that is meant for programs cannot be read."),
    "cancelled": _("It is cancelled or put off."),
    "over": _("It is over."),
    "times": _("When it takes place cannot be read."),
    "zone": _("It follows a clock elsewhere."),
    "long": _("It lasts longer than seven days."),
    "twice": _("This one stands in the file twice. The first counts."),
}


class HandInForm(forms.Form):
    """A spreadsheet, and whether it stays theirs."""

    file = forms.FileField(
        label=_("The spreadsheet"),
        help_text=_("An Excel file (XLSX) or CSV. The first row has the names of the columns."),
    )
    source_name = forms.CharField(
        label=_("Whose list is it?"),
        help_text=_(
            "Leave this empty if it is kept here from now on. Else the next list of the same "
            "name changes what this one brought."
        ),
        max_length=120,
        required=False,
    )


def known_organisation(name: str) -> Organisation:
    """Return the organisation of this name; the error names those that look like it."""
    found = organisations().filter(folded_name=fold(name)).first()
    if found:
        return found
    alike = ", ".join(str(one) for one in organisations_named(name)[:5])
    if alike:
        raise forms.ValidationError(
            _("We do not know this name. Do you mean one of these? %(names)s"),
            params={"names": alike},
        )
    raise forms.ValidationError(_("There is no organisation of this name on the social map."))


class HandInPageForm(forms.Form):
    """A web page with events, saved or copied."""

    file = forms.FileField(
        label=_("The page, saved"), help_text=_("A file that ends in .html."), required=False
    )
    text = forms.CharField(
        label=_("Or its source, copied"),
        help_text=_("In most browsers: Ctrl and U, then copy all of it."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        required=False,
    )
    organisation = forms.CharField(
        label=_("Of which organisation is it?"),
        help_text=_("Leave this empty if the page itself says who organises each event."),
        max_length=160,
        required=False,
    )
    source_name = forms.CharField(
        label=_("Does it stay theirs?"),
        help_text=_(
            "Leave this empty if it is kept here from now on. Else give the site a name: the next "
            "page of that name changes what this one brought."
        ),
        max_length=120,
        required=False,
    )

    def clean_organisation(self) -> str:
        """Return the name as the organisation has it here."""
        name: str = self.cleaned_data["organisation"]
        return known_organisation(name).name if name else ""

    def clean(self) -> None:
        """Ask for the page in one of two ways."""
        if not (self.cleaned_data.get("file") or self.cleaned_data.get("text")):
            raise forms.ValidationError(_("Choose a file, or put the source of the page in."))

    def data_of_page(self) -> bytes:
        """Return the page as it was handed in."""
        file = self.cleaned_data["file"]
        data: bytes = file.read() if file else self.cleaned_data["text"].encode()
        return data


class SubscribeForm(forms.Form):
    """A calendar of an organisation to read from now on."""

    organisation = forms.CharField(
        label=_("Which organisation?"),
        help_text=_("Its name as it is on the social map."),
        max_length=160,
    )
    address = forms.CharField(
        label=_("The address of its calendar"),
        help_text=_(
            "It begins with https:// or webcal:// and mostly ends in .ics. Use only an address "
            "that may be known."
        ),
        max_length=400,
    )

    def clean_organisation(self) -> Organisation:
        """Return the organisation of this name."""
        return known_organisation(self.cleaned_data["organisation"])
