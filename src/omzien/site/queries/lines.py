"""The lines of the programme and which of them are in use here."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Line:
    """One line of the action plan: its folder, title, what it is for, and its word in the menu."""

    name: str
    title: _StrPromise
    purpose: _StrPromise
    label: _StrPromise

    @property
    def in_use(self) -> bool:
        return in_use(self.name)

    @property
    def urls(self) -> str | None:
        """The line's address module, where it has pages of its own."""
        module = f"omzien.{self.name}.urls"
        return module if find_spec(module) else None


LINES = (
    Line(
        "insight",
        _("Insight into loneliness"),
        _("Where do people miss company, and why?"),
        _("Insight"),
    ),
    Line("community", _("The community"), _("People who start something together."), _("Join in")),
    Line(
        "outreach",
        _("Reaching people"),
        _("A visit at home, and somebody who listens."),
        _("A visit at home"),
    ),
    Line(
        "interventions",
        _("Breaking through"),
        _("Things to do and support that lasts."),
        _("What helps"),
    ),
    Line(
        "volunteering",
        _("Volunteers"),
        _("People who have time, and people who ask."),
        _("Volunteers"),
    ),
)


def in_use(name: str) -> bool:
    """Say whether the municipality uses this line; the base is always in use."""
    return name in settings.LINES_IN_USE or name not in {line.name for line in LINES}


def lines_in_use() -> tuple[Line, ...]:
    return tuple(line for line in LINES if line.in_use)
