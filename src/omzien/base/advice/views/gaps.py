"""What people looked for and did not find: where an initiative is wanted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from omzien.base.advice.queries.gaps import FEWEST, gap_list
from omzien.base.advice.queries.words import gap_rows

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

A_YEAR = timedelta(days=365)


@never_cache
@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    found = gap_list(since=timezone.localdate() - A_YEAR)
    context = {"found": found, "rows": gap_rows(found.missed), "fewest": FEWEST}
    return render(request, "advice/gaps.html", context)
