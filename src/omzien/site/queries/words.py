"""Figures in words: "46 of every 100", "between 40 and 52 of every 100"."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from omzien.base.places.models import Unit

if TYPE_CHECKING:
    from omzien.base.places.queries import ShownFigure, ShownIndicator


COUNTED = {
    Unit.PERCENT: _("%(number)s of every 100"),
    Unit.PEOPLE: _("%(number)s people"),
    Unit.HOUSEHOLDS: _("%(number)s households"),
    Unit.PEOPLE_PER_HOUSEHOLD: _("%(number)s people per household"),
    Unit.PEOPLE_PER_KM2: _("%(number)s people per square kilometre"),
    Unit.THOUSAND_EURO: _("%(number)s thousand euros"),
    Unit.CLASS: _("class %(number)s"),
}
UNITS = {
    Unit.PERCENT: _("of every 100"),
    Unit.PEOPLE: _("people"),
    Unit.HOUSEHOLDS: _("households"),
    Unit.PEOPLE_PER_HOUSEHOLD: _("people per household"),
    Unit.PEOPLE_PER_KM2: _("people per square kilometre"),
    Unit.THOUSAND_EURO: _("thousand euros"),
    Unit.CLASS: _("class"),
}


def number(value: Decimal | float, indicator: ShownIndicator, decimals: int | None = None) -> str:
    """Write a number as the reader's language does: 42.000 in Dutch, 42,000 in English."""
    wanted = indicator.decimals if decimals is None else decimals
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-wanted), ROUND_HALF_UP)
    return number_format(rounded, decimal_pos=wanted, force_grouping=True)


def value_number(figure: ShownFigure) -> str:
    """Write a measured figure as it was published, 46,6; an estimate no finer than it is, 47."""
    if figure.value is None:
        return ""
    tenths = int(figure.value != figure.value.to_integral_value())
    measured = max(figure.indicator.decimals, tenths)
    decimals = figure.indicator.decimals if figure.modelled else measured
    return number(figure.value, figure.indicator, decimals)


def counted(text: str, unit: Unit) -> str:
    """Put the unit behind a number that is already written."""
    return COUNTED[unit] % {"number": text}


def value_words(figure: ShownFigure) -> str:
    """Say a figure with its unit, or why there is none."""
    if figure.value is None:
        return figure.reason
    return counted(value_number(figure), figure.indicator.unit)


def interval_words(figure: ShownFigure) -> str:
    """Say between which two numbers the real one probably lies, or nothing."""
    between = between_words(figure)
    return counted(between, figure.indicator.unit) if between else ""


def between_words(figure: ShownFigure) -> str:
    """Say the interval without its unit, next to a figure that has it."""
    if figure.lower is None or figure.upper is None:
        return ""
    return _("between %(lower)s and %(upper)s") % {
        "lower": number(figure.lower, figure.indicator),
        "upper": number(figure.upper, figure.indicator),
    }


def interval_numbers(figure: ShownFigure) -> str:
    """Write the interval for a narrow column, under a heading that says "between"."""
    if figure.lower is None or figure.upper is None:
        return ""
    return _("%(lower)s and %(upper)s") % {
        "lower": number(figure.lower, figure.indicator),
        "upper": number(figure.upper, figure.indicator),
    }


def unit_words(unit: Unit) -> str:
    """Name a unit above a column."""
    return str(UNITS[unit])
