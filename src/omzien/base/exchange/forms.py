"""What is handed in and chosen for exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from omzien.base.exchange.actions import merging, sheets
from omzien.base.exchange.importers import tables

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

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
}
REFUSALS = tuple(SENTENCES)

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
