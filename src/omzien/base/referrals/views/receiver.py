from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from omzien.base.accounts.models import User
from omzien.base.journal.models import Actor, ViewReason
from omzien.base.letters.queries import LinkNotGood
from omzien.base.people.queries.participants import identity_of, unseal
from omzien.base.referrals.actions.referrals import (
    NotYours,
    answer_by_link,
    answer_for,
    open_as_receiver,
)
from omzien.base.referrals.forms import REFUSALS, SENTENCES, ArrivedForm
from omzien.base.referrals.models import State
from omzien.base.referrals.queries.referrals import (
    next_states,
    question_of_link,
    referral_by_key,
    referrals_for,
)

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

ROLE = "member"
# The link was used, is too old, or somebody answered by phone already.
NO_MORE: tuple[type[Exception], ...] = (LinkNotGood, *REFUSALS)
ANSWERS = {"yes": True, "no": False}


@never_cache
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask the receiver behind the link of a mail, without a name; looking changes nothing."""
    now, by = timezone.now(), Actor.system("receiver")
    try:
        question = question_of_link(secret, now=now)
        given = request.POST.get("answer", "")
        if request.method == "POST" and given in ANSWERS:
            answered = answer_by_link(secret, accepts=ANSWERS[given], by=by, now=now)
            return render(request, "referrals/answered.html", {"referral": answered})
    except NO_MORE:
        return render(request, "letters/link_not_good.html", status=HTTPStatus.GONE)
    return render(request, "referrals/answer.html", {"question": question})


def member(request: HttpRequest) -> User:
    """Return who is asking; the audience of the address let only members in."""
    assert isinstance(request.user, User)  # noqa: S101 - the audience lets nobody else in
    return request.user


@never_cache
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """List what waits for the organisations of this delegate; no names."""
    return render(request, "referrals/received.html", {"found": referrals_for(member(request))})


@never_cache
def received_one(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a receiver what was agreed to, while the consent stands; looking is written down."""
    found, user, now = referral_by_key(key), member(request), timezone.now()
    if found is None:
        raise Http404
    by = user.actor(ROLE)
    try:
        if request.method == "POST":
            return take_step(request, key, user)
        shown = open_as_receiver(found, user=user, by=by, reason=ViewReason.FOLLOW_UP, now=now)
    except NotYours as error:
        raise Http404 from error
    context = {
        "referral": found,
        "identity": identity_of(found.participant) if shown else None,
        "wish": unseal(found.participant, found.sealed_wish) if shown else "",
        "next": next_states(found),
        "arrived": ArrivedForm(initial={"arrived_on": timezone.localdate(now)}),
    }
    return render(request, "referrals/received_one.html", context)


def take_step(request: HttpRequest, key: UUID, user: User) -> HttpResponse:
    """Take the step that the receiver reports."""
    found, now, arrived = referral_by_key(key), timezone.now(), ArrivedForm(request.POST)
    step = request.POST.get("do", "")
    if found is None or step not in State.values or not arrived.is_valid():
        messages.error(request, _("Choose what happened."))
        return redirect("referrals:received_one", key=key)
    by, day = user.actor(ROLE), arrived.cleaned_data["arrived_on"]
    try:
        answer_for(found, user=user, to=step, by=by, now=now, on=day)
    except REFUSALS as error:
        messages.error(request, SENTENCES[type(error)])
    else:
        messages.success(request, _("Thank you. It was noted."))
    return redirect("referrals:received")
