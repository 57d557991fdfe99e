"""How many people came: the page of a host, the list at the desk, and a strip of paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from omzien.base.catalogue.queries.dates import moment_words
from omzien.base.freshness.actions.turnout import look_up_hosts, report_turnout
from omzien.base.freshness.forms.turnout import HowForm, TurnoutForm
from omzien.base.freshness.models import How
from omzien.base.freshness.queries.keepers import Contact
from omzien.base.freshness.queries.overview import PAGE_SIZE
from omzien.base.freshness.queries.turnout import (
    keeper_of_link,
    strip_of,
    turnouts_at_desk,
    turnouts_of,
    turnouts_to_tell,
)
from omzien.base.freshness.views.checking import PAGE, link_not_good
from omzien.base.freshness.views.doors import colleague, known_offer
from omzien.base.letters.queries import LinkNotGood

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from omzien.base.freshness.models import Turnout
    from omzien.base.journal.models import Actor

    Asked = list[tuple[Turnout, str, TurnoutForm]]

# A small meeting is one tap; what is larger is typed.
TAPS = range(1, 25)


@never_cache
@PAGE
def turnout(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a host the meetings of the last two weeks; nothing changes before a tap."""
    now = timezone.now()
    try:
        keeper = keeper_of_link(secret, now=now)
    except LinkNotGood:
        return link_not_good(request)
    rows = with_forms(request, turnouts_of(keeper, now=now), only=request.POST.get("do", ""))
    by = Contact(keeper, None).actor
    if told(request, rows, how=How.LINK, by=by, now=now):
        return redirect("freshness:turnout", secret=secret)
    return render(request, "freshness/turnout.html", {"rows": rows, "taps": TAPS})


@never_cache
@require_safe
def turnouts(request: HttpRequest) -> HttpResponse:
    """Show the meetings of which nobody told yet."""
    now = timezone.now()
    page = Paginator(turnouts_to_tell(now), PAGE_SIZE).get_page(request.GET.get("pagina"))
    rows = [(one, words_of(one, now=now)) for one in page]
    return render(request, "freshness/turnouts.html", {"page": page, "rows": rows})


@never_cache
@PAGE
def desk_turnout(request: HttpRequest, key: UUID) -> HttpResponse:
    """Type in what a host tells by telephone, or what stands on a strip."""
    user, role = colleague(request)
    offer, now, by = known_offer(key), timezone.now(), user.actor(role)
    rows = with_forms(request, turnouts_at_desk(offer, now=now))
    how = HowForm(request.POST or None)
    if how.is_valid() and told(request, rows, how=how.cleaned_data["how"], by=by, now=now):
        return redirect("freshness:turnouts")
    hosts = look_up_hosts(offer, by=by, now=now)
    context = {"offer": offer, "rows": rows, "how": how, "hosts": hosts}
    return render(request, "freshness/desk_turnout.html", context)


@never_cache
@require_safe
def strip(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a strip to print: the next meetings, with a box for each number."""
    offer = known_offer(key)
    context = {"offer": offer, "lines": strip_of(offer, now=timezone.now())}
    return render(request, "freshness/strip.html", context)


def words_of(one: Turnout, *, now: datetime) -> str:
    return moment_words(one.starts_at, one.ends_at, today=timezone.localdate(now))


def with_forms(
    request: HttpRequest, found: Iterable[Turnout], *, only: str | None = None
) -> Asked:
    """Return each meeting in words with its form; `only` says which one was pressed."""
    now = timezone.now()
    rows = []
    for one in found:
        sent = request.method == "POST" and only in {None, str(one.key)}
        # At the desk an empty field says nothing; at a host's own page it is a mistake.
        empty = only is None and not request.POST.get(f"{one.key}-people", "").strip()
        form = TurnoutForm(request.POST if sent and not empty else None, turnout=one)
        rows.append((one, words_of(one, now=now), form))
    return rows


def told(request: HttpRequest, rows: Asked, *, how: str, by: Actor, now: datetime) -> bool:
    """Note every number that is new; False where there is none, or one that cannot be."""
    sent = [(one, form) for one, _words, form in rows if form.is_bound and form.has_changed()]
    if not sent or any(form.errors for _one, form in sent):
        return False
    for one, form in sent:
        report_turnout(one, **form.cleaned_data, how=how, by=by, now=now)
    said = ngettext(
        "Thank you. It is noted.", "Thank you. %(number)s meetings are noted.", len(sent)
    )
    messages.success(request, said % {"number": len(sent)})
    return True
