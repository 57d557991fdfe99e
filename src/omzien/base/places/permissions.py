"""Who may bring figures in and publish them; everybody may see what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.accounts.roles import Administrator, Analyst

if TYPE_CHECKING:
    from collections.abc import Collection

MAY_IMPORT = frozenset({Administrator.name, Analyst.name})
MAY_PUBLISH = frozenset({Analyst.name})


def may_import(roles: Collection[str]) -> bool:
    """Say whether somebody with these roles may bring in files of CBS, RIVM or the city."""
    return not MAY_IMPORT.isdisjoint(roles)


def may_publish(roles: Collection[str]) -> bool:
    """Say whether somebody with these roles may publish a figure."""
    return not MAY_PUBLISH.isdisjoint(roles)
