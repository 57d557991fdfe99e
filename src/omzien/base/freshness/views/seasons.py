"""Are you open in the holidays? The page behind the link of a mail, and that of a call."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from omzien.base.desk.actions.work import set_due_day
from omzien.base.freshness.actions.seasons import answer_season, look_up_season_call
from omzien.base.freshness.forms.closings import DaysOffForm
from omzien.base.freshness.forms.sentences import REFUSALS, sentence
from omzien.base.freshness.models import SeasonAnswer
from omzien.base.freshness.queries.checks import contact_of
from omzien.base.freshness.queries.seasons import (
    questions_of,
    request_of_season_link,
    whom_to_ring,
)
from omzien.base.freshness.views.checking import PAGE, link_not_good
from omzien.base.freshness.views.doors import colleague
from omzien.base.letters.queries import LinkNotGood

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from omzien.base.freshness.models import SeasonQuestion
    from omzien.base.journal.models import Actor

    Asked = list[tuple[SeasonQuestion, DaysOffForm]]

NOT_REACHED = "not-reached"
SOON = timedelta(days=2)


@never_cache
@PAGE
def season(request: HttpRequest, secret: str) -> HttpResponse:
    """Show each organisation with two large buttons; an answer may change until it begins."""
    now = timezone.now()
    try:
        asked = request_of_season_link(secret, now=now)
    except LinkNotGood:
        return link_not_good(request)
    rows = with_forms(request, questions_of(asked, on=timezone.localdate(now)))
    if not rows:
        return link_not_good(request)
    if answered(request, rows, by=contact_of(asked).actor, now=now):
        return redirect("freshness:season", secret=secret)
    return render(request, "freshness/season.html", {"rows": rows, "first": rows[0][0]})


@never_cache
@PAGE
def season_call(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show whom to ring about a holiday, and write down the answer."""
    user, role = colleague(request)
    now, by = timezone.now(), user.actor(role)
    today, found = timezone.localdate(now), look_up_season_call(key, by=by, now=now)
    if found is None:
        raise Http404
    if request.POST.get("do") == NOT_REACHED:
        set_due_day(found, due_on=today + SOON, by=by, now=now)
        messages.success(request, _("It was noted. Thank you."))
        return redirect("freshness:calls")
    rows = with_forms(request, [found.question])
    if answered(request, rows, by=by, now=now):
        return redirect("freshness:calls")
    contact = whom_to_ring(found.question, on=today)
    context = {
        "call": found,
        "rows": rows,
        "contact": contact,
        "number": (contact.phone if contact else "") or found.question.organisation.phone,
    }
    return render(request, "freshness/season_call.html", context)


def with_forms(request: HttpRequest, questions: Iterable[SeasonQuestion]) -> Asked:
    """Return each question with a form for days of its own; only the pressed one is filled."""
    do = request.POST.get("do", "")
    return [
        (
            one,
            DaysOffForm(
                request.POST if do == f"{SeasonAnswer.PARTLY}:{one.key}" else None,
                prefix=str(one.key),
                initial={"first": one.first_day, "last": one.last_day},
            ),
        )
        for one in questions
    ]


def answered(request: HttpRequest, rows: Asked, *, by: Actor, now: datetime) -> bool:
    """Do what the button says; False where it says nothing, or the days cannot be."""
    answer, _colon, key = request.POST.get("do", "").partition(":")
    chosen = next((row for row in rows if str(row[0].key) == key), None)
    if chosen is None or answer not in SeasonAnswer.values:
        return False
    question, form = chosen
    if form.is_bound and not form.is_valid():
        return False
    days = form.days() if form.is_bound else None
    try:
        answer_season(question, answer=answer, days=days, by=by, now=now)
    except REFUSALS as refusal:
        form.add_error(None, sentence(refusal))
        return False
    messages.success(request, _("Thank you. Everybody can see it now."))
    return True
