from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from omzien.base.accounts.models import User
from omzien.base.advice.actions.giving import give_advice
from omzien.base.advice.forms import AdviceForm
from omzien.base.advice.queries.advised import advised_rows
from omzien.base.advice.queries.asking import asking_of
from omzien.base.catalogue.queries.offers import offer_by_key
from omzien.base.desk.views import coordinator
from omzien.base.journal.models import ViewReason
from omzien.base.people.queries.participants import identity_of, participant_by_key, unseal
from omzien.base.referrals.actions.referrals import (
    end_referral,
    move,
    open_person,
    open_referral,
    refer_with_consent,
)
from omzien.base.referrals.forms import (
    REFUSALS,
    SENTENCES,
    ArrivedForm,
    EndForm,
    FindOfferForm,
    ReferForm,
)
from omzien.base.referrals.models import State
from omzien.base.referrals.queries.referrals import (
    news_for,
    next_states,
    offers_like,
    referral_by_key,
    referrals_of,
)

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from omzien.base.journal.models import Actor
    from omzien.base.people.models import Participant
    from omzien.base.referrals.models import Referral

ROLE = "coordinator"


@never_cache
def refer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Look together for what fits, and refer; words and wishes go by POST, never in an address."""
    participant = participant_by_key(key)
    if participant is None or identity_of(participant) is None:
        raise Http404
    by, now = coordinator(request).actor(ROLE), timezone.now()
    if request.method != "POST":
        open_person(participant, by=by, reason=ViewReason.FOLLOW_UP, now=now)
    context: dict[str, object] = {
        "identity": identity_of(participant),
        "earlier": referrals_of(participant),
        "find": FindOfferForm(),
    }
    step = request.POST.get("do", "")
    if step == "find":
        context |= found_for(request)
    elif step in {"ask", "advise"}:
        context |= asked_of(request, now=now)
    elif step in {"choose", "refer"}:
        form = ReferForm(
            request.POST if step == "refer" else None,
            initial={"offer": request.POST.get("offer", ""), "tell_back": True},
        )
        made = refer_by(form, participant, by=by, now=now) if form.is_bound else None
        if made:
            messages.success(request, _("The question was passed on. You keep an eye on it."))
            return redirect("referrals:referral", key=made.key)
        context |= {"form": form, "offer": chosen_offer(request.POST.get("offer", ""))}
    return render(request, "referrals/refer.html", context)


def found_for(request: HttpRequest) -> dict[str, object]:
    form = FindOfferForm(request.POST)
    offers = offers_like(form.cleaned_data["words"]) if form.is_valid() else []
    return {"find": form, "offers": offers, "searched": form.is_valid()}


def asked_of(request: HttpRequest, *, now: datetime) -> dict[str, object]:
    """Ask what somebody would like, and advise; the answers go with the page."""
    asked = AdviceForm(request.POST if request.POST["do"] == "advise" else None)
    if not asked.is_bound or not asked.is_valid():
        return {"asked": asked}
    asking = asking_of(asked.cleaned_data)
    advice = give_advice(asking, counted=True, now=now)
    return {"asked": asked, "advised": advised_rows(advice, asking)}


def chosen_offer(key: str) -> object:
    """Return the offer that was chosen; what is nonsense or not visible is not there."""
    try:
        offer = offer_by_key(UUID(key))
    except ValueError as error:
        raise Http404 from error
    if offer is None or not offer.visible:
        raise Http404
    return offer


def refer_by(
    form: ReferForm, participant: Participant, *, by: Actor, now: datetime
) -> Referral | None:
    """Refer as the form says, or say on the form why that cannot be."""
    if not form.is_valid():
        return None
    given = dict(form.cleaned_data)
    del given["agrees"]
    offer = offer_by_key(given.pop("offer"))
    if offer is None:
        raise Http404
    try:
        return refer_with_consent(
            participant, offer=offer, **given, referred_from="desk", by=by, now=now
        )
    except REFUSALS as error:
        form.add_error(None, str(SENTENCES[type(error)]))
        return None


@never_cache
def referral(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show how far a referral is, and take the next step."""
    found = referral_by_key(key)
    if found is None:
        raise Http404
    by, now = coordinator(request).actor(ROLE), timezone.now()
    if request.method == "POST":
        take_step(request, found, by=by, now=now)
        return redirect("referrals:referral", key=key)
    open_referral(found, by=by, reason=ViewReason.FOLLOW_UP, now=now)
    context = {
        "referral": found,
        "identity": identity_of(found.participant),
        "wish": unseal(found.participant, found.sealed_wish),
        "steps": found.steps.order_by("pk"),
        "next": next_states(found),
        "arrived": ArrivedForm(initial={"arrived_on": timezone.localdate(now)}),
        "end": EndForm(),
    }
    return render(request, "referrals/referral.html", context)


def take_step(request: HttpRequest, found: Referral, *, by: Actor, now: datetime) -> None:
    """Do what the button says, and say what came of it."""
    step, end, arrived = (
        request.POST.get("do", ""),
        EndForm(request.POST),
        ArrivedForm(request.POST),
    )
    try:
        if step == "end" and end.is_valid():
            end_referral(found, result=end.cleaned_data["result"], by=by, now=now)
        elif step in State.values and arrived.is_valid():
            move(found, step, by=by, now=now, arrived_on=arrived.cleaned_data["arrived_on"])
        else:
            messages.error(request, _("Choose what happened."))
            return
    except REFUSALS as error:
        messages.error(request, SENTENCES[type(error)])
    else:
        messages.success(request, _("It was noted."))


@never_cache
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Tell who made referrals what became of them."""
    assert isinstance(request.user, User)  # noqa: S101 - the audience lets nobody else in
    return render(request, "referrals/news.html", {"news": news_for(request.user)})
