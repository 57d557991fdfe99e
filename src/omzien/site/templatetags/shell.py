"""What every page shows around its text: town, telephone, menu, size of letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import template
from django.conf import settings
from django.http import HttpRequest

from omzien.site.queries.contact import phone_link
from omzien.site.queries.menu import Entry, menu
from omzien.site.queries.reader import wants_large_text

if TYPE_CHECKING:
    from django.template import Context

register = template.Library()


@dataclass(frozen=True)
class Shell:
    """The frame of a page, for one request."""

    here: str
    large_text: bool

    @property
    def town(self) -> str:
        return settings.MUNICIPALITY_NAME

    @property
    def phone(self) -> str:
        return settings.PHONE

    @property
    def phone_link(self) -> str:
        return phone_link(settings.PHONE)

    @property
    def phone_is_invented(self) -> bool:
        return settings.DEMO

    @property
    def menu(self) -> list[Entry]:
        return menu(self.here.split("?")[0])


@register.simple_tag(takes_context=True)
def shell(context: Context) -> Shell:
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return Shell(here="/", large_text=False)
    return Shell(
        here=request.get_full_path() if request.method == "GET" else request.path,
        large_text=wants_large_text(request),
    )
