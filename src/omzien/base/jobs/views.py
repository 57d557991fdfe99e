from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from omzien.base.jobs import actions, queries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    found = queries.queue(now=now)
    return render(
        request, "jobs/queue.html", {"queue": found, "worker_lives": found.worker_lives(now)}
    )


@require_POST
def retry(request: HttpRequest, number: int) -> HttpResponse:
    if not request.user.is_authenticated:
        raise PermissionDenied
    try:
        actions.retry_job(number, by=request.user.actor("administrator"), now=timezone.now())
    except actions.NotFailed:
        messages.info(request, _("This job was already started again."))
    else:
        messages.success(request, _("The job is tried again now."))
    return redirect("jobs:queue")
