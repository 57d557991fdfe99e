"""The register of processing (AVG article 30), in words, from the declarations."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import DateField
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from omzien.base.privacy.queries.declarations import declarations, model_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from django.db.models import Model

    from omzien.base.privacy.models import Declaration

YEAR, MONTH = 365, 30
TITLES = {
    "municipality": gettext_noop("The municipality decides"),
    "organisation": gettext_noop("An organisation decides"),
    "joint": gettext_noop("Municipality and organisations decide together"),
}
ENDS = {
    "delete": gettext_noop("then it is deleted"),
    "anonymise": gettext_noop("then everything that names somebody is wiped"),
    "drop_partition": gettext_noop("then the whole month is deleted"),
    "elsewhere": gettext_noop("how it ends stands under Arrangement"),
}


@dataclass(frozen=True)
class Line:
    """What one table holds, in words."""

    table: str
    title: str
    data: str
    purpose: str
    basis: str
    arrangement: str
    term: str


@dataclass(frozen=True)
class Section:
    """All tables of one controller."""

    controller: str
    title: str
    lines: tuple[Line, ...]


def register() -> list[Section]:
    """Return the register in the language of the moment, by controller and purpose."""
    personal = [one for one in declarations() if one.personal]
    return [
        Section(
            controller=controller,
            title=_(TITLES[controller]),
            lines=tuple(sorted(map(line, ones), key=lambda one: (one.purpose, one.title))),
        )
        for controller, ones in groupby(personal, key=lambda one: one.controller)
    ]


def without_people() -> list[str]:
    """Return the tables that hold nothing about people."""
    return [one.table for one in declarations() if not one.personal and not one.demo_only]


def line(one: Declaration) -> Line:
    model = model_of(one.table)
    return Line(
        table=one.table,
        title=capfirst(str(model._meta.verbose_name_plural)) if model else one.table,
        data=", ".join(data_of(model)) if model else "",
        purpose=_(str(one.purpose)),
        basis=_(str(one.basis)),
        arrangement=_(str(one.arrangement)),
        term=f"{term(one)}; {_(ENDS[one.erase])}",
    )


def data_of(model: type[Model]) -> Iterator[str]:
    """Yield what the fields of a table are called, without row numbers."""
    for field in model._meta.local_concrete_fields:
        if not field.primary_key:
            yield str(field.verbose_name)


def term(one: Declaration) -> str:
    """Say how long, and from which date."""
    length = words_for(one.keep) if one.keep else ""
    if not one.keep_from:
        return length
    date = date_of(model_of(one.table), one.keep_from)
    if not length:
        return _("until “%(date)s”") % {"date": date}
    return _("%(length)s after “%(date)s”") % {"length": length, "date": date}


def words_for(length: timedelta) -> str:
    """Say a length in years, months or days, whichever is whole."""
    days = length.days
    if days and days % YEAR == 0:
        return ngettext("%(n)d year", "%(n)d years", days // YEAR) % {"n": days // YEAR}
    if days > MONTH and days % MONTH == 0:
        return ngettext("%(n)d month", "%(n)d months", days // MONTH) % {"n": days // MONTH}
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def date_of(model: type[Model] | None, path: str) -> str:
    """Return what the date at the end of a path is called."""
    *way, last = path.split("__")
    for name in way:
        target = model._meta.get_field(name).related_model if model else None
        model = target if isinstance(target, type) else None
    field = model._meta.get_field(last) if model else None
    return str(field.verbose_name) if isinstance(field, DateField) else last


def register_in_markdown() -> str:
    """Return the register in Dutch, as docs/privacy.md holds it."""
    with translation.override("nl"):
        context = {
            "sections": register(),
            "without": without_people(),
            "municipality": settings.MUNICIPALITY_NAME,
        }
        return render_to_string("privacy/register.md", context)
