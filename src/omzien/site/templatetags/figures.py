"""Figures in a sentence: {{ figure|value_words }}, {{ figure|between_words }}."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from omzien.site.queries import drawing, words

if TYPE_CHECKING:
    from omzien.base.places.queries import ShownArea, ShownFigure

register = template.Library()


@register.filter
def value_words(figure: ShownFigure) -> str:
    return words.value_words(figure)


@register.filter
def unit_words(figure: ShownFigure) -> str:
    return words.unit_words(figure.indicator.unit)


@register.filter
def short_value(figure: ShownFigure) -> str:
    return drawing.label_of(figure)


@register.filter
def between_words(figure: ShownFigure) -> str:
    return words.between_words(figure)


@register.filter
def short_interval(figure: ShownFigure) -> str:
    return words.interval_numbers(figure)


@register.filter
def address(area: ShownArea) -> str:
    return drawing.address_of(area)
