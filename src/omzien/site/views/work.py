"""Where somebody's work begins after logging in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from omzien.base.accounts.queries import standing_of
from omzien.base.accounts.roles import ROLES
from omzien.site.queries.work import doors_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def work(request: HttpRequest) -> HttpResponse:
    standing = standing_of(request.user, request.session)
    context = {
        "doors": doors_for(standing),
        "roles": [role for name, role in ROLES.items() if name in standing.roles],
        "waiting": [role for name, role in ROLES.items() if name in standing.waiting_roles],
    }
    return render(request, "site/work.html", context)
