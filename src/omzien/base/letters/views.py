from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from omzien.base.journal.models import Actor
from omzien.base.letters import actions, queries

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


# The key in the address is the proof; mail programs press for their user (RFC 8058), without a
# cookie and so without a CSRF token.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, secret: str) -> HttpResponse:
    now, by = timezone.now(), Actor.system("opt_out")
    try:
        if request.method == "POST":
            stopped = actions.opt_out_by_link(secret, by=by, now=now)
            return render(request, "letters/stopped.html", {"what": stopped.get_kind_display()})
        kind = queries.kind_of_link(secret, now=now)
    except queries.LinkNotGood:
        return render(request, "letters/link_not_good.html", status=HTTPStatus.GONE)
    return render(request, "letters/stop.html", {"what": kind.label})


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    return render(request, "letters/mailbox.html", {"mails": queries.mailbox()})


@never_cache
@require_safe
def mail(request: HttpRequest, key: UUID) -> HttpResponse:
    found = get_object_or_404(queries.latest_mails(), key=key)
    return render(request, "letters/mail.html", {"mail": found, "parts": queries.rendered(found)})


@never_cache
@require_safe
def mail_html(request: HttpRequest, key: UUID) -> HttpResponse:
    del request
    found = get_object_or_404(queries.latest_mails(), key=key)
    # A mail has its style inside, as mail programs want it; and nothing else.
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return HttpResponse(
        queries.rendered(found)["html"], headers={"Content-Security-Policy": policy}
    )
