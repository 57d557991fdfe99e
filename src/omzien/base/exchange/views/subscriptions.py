from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from omzien.base.catalogue.models import Status
from omzien.base.exchange.actions.subscriptions import (
    read_soon,
    show_drafts,
    stop_subscription,
    subscribe,
)
from omzien.base.exchange.forms import (
    CALENDAR_PROBLEMS,
    REFUSALS,
    SENTENCES,
    TROUBLES,
    SubscribeForm,
)
from omzien.base.exchange.queries.subscriptions import (
    drafts_of,
    offers_of,
    subscription_by_key,
    subscriptions,
)
from omzien.base.exchange.views import editor

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from omzien.base.exchange.models import Subscription

ROLE = "editor"


@never_cache
def calendars(request: HttpRequest) -> HttpResponse:
    """List the calendars that are read, and subscribe one."""
    form = SubscribeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = subscribe(
                form.cleaned_data["organisation"],
                address=form.cleaned_data["address"],
                by=editor(request).actor(ROLE),
                now=timezone.now(),
            )
        except REFUSALS as error:
            form.add_error("address", str(SENTENCES[type(error)]))
        else:
            messages.success(request, _("We read it now. In a minute you see here what is in it."))
            return redirect("exchange:subscription", key=made.key)
    return render(request, "exchange/calendars.html", {"form": form, "calendars": subscriptions()})


@never_cache
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show how reading one calendar goes, and let it be read, shown or stopped."""
    subscription = subscription_by_key(key)
    if subscription is None:
        raise Http404
    if request.method == "POST":
        try:
            messages.success(request, done(request, subscription))
        except REFUSALS as error:
            messages.error(request, SENTENCES[type(error)])
        return redirect("exchange:subscription", key=key)
    context = {
        "calendar": subscription,
        "problem": CALENDAR_PROBLEMS.get(subscription.problem, subscription.problem),
        "remarks": [in_words(remark) for remark in subscription.remarks],
        "drafts": drafts_of(subscription),
        "visible": offers_of(subscription).filter(status=Status.ACTIVE).count(),
    }
    return render(request, "exchange/subscription.html", context)


def done(request: HttpRequest, subscription: Subscription) -> str:
    """Do what was asked, and return what to say of it."""
    by, now = editor(request).actor(ROLE), timezone.now()
    asked = request.POST.get("do", "")
    if asked == "show":
        keys = [key for key in map(key_in, request.POST.getlist("offer")) if key]
        shown = show_drafts(subscription, keys=keys, by=by, now=now)
        return _("Visible from now on: %(number)s.") % {"number": shown}
    if asked in {"stop", "end"}:
        stop_subscription(subscription, end_offers=asked == "end", by=by, now=now)
        return _("We do not read this calendar any more.")
    read_soon(subscription, with_words=asked == "words", by=by, now=now)
    return _("We read it now. In a minute you see here what is in it.")


def key_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def in_words(remark: dict[str, str]) -> dict[str, str]:
    """Return what was wrong with one thing, in the language of who reads it."""
    why = remark.get("why") or str(TROUBLES.get(remark["trouble"], remark["trouble"]))
    return {"what": remark["what"], "why": why, "detail": remark.get("detail", "")}
