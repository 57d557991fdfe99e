from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from omzien.base.desk.actions.calls import (
    CallIsOver,
    begin_call,
    open_participant,
    promise_call_back,
    search_people,
)
from omzien.base.desk.forms import (
    REFUSALS,
    SENTENCES,
    CallBackForm,
    CallForm,
    ConsentForm,
    ContactForm,
    FindForm,
    RepresentationForm,
    StrangerCallBackForm,
)
from omzien.base.desk.permissions import may_be_told
from omzien.base.desk.queries.calls import actions_for, earlier_calls, open_call_backs
from omzien.base.desk.views import coordinator
from omzien.base.people.actions.consents import (
    add_representation,
    record_consent,
    withdraw_consent,
)
from omzien.base.people.actions.participants import change_contact
from omzien.base.people.queries.participants import (
    MOST_FOUND,
    consents_of,
    contact_of,
    identity_of,
    participant_by_key,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from omzien.base.desk.models import Call
    from omzien.base.journal.models import Actor

ROLE = "coordinator"


@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """Find somebody by the code on the letter, or by surname and street."""
    form = FindForm(request.POST or None)
    context: dict[str, object] = {"form": form, "most": MOST_FOUND}
    if request.method == "POST" and form.is_valid():
        by = coordinator(request).actor(ROLE)
        context["found"] = search_people(**form.cleaned_data, by=by, now=timezone.now())
    return render(request, "desk/find.html", context)


@never_cache
def open_person(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask who calls and why, before anything is shown."""
    participant = participant_by_key(key)
    if participant is None:
        raise Http404
    form = CallForm(request.POST or None, initial={"caller_kind": "self"})
    if request.method == "POST" and form.is_valid():
        by = coordinator(request).actor(ROLE)
        call = begin_call(participant, **form.cleaned_data, by=by, now=timezone.now())
        return redirect("desk:call", key=call.key)
    return render(request, "desk/open.html", {"form": form})


@never_cache
def call(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what the role and the caller allow; looking is written down."""
    user, now = coordinator(request), timezone.now()
    opened = opened_call(request, key, now=now)
    if opened is None:
        return redirect("desk:find")
    form = CallBackForm(today=timezone.localdate(now))
    return render(request, "desk/call.html", call_context(opened, user.actor(ROLE), form, now=now))


def call_context(opened: Call, by: Actor, form: forms.Form, *, now: datetime) -> dict[str, object]:
    """Return what the page of a call shows: without authority nothing about the person."""
    participant, told = opened.participant, may_be_told(opened, now=now)
    shown = {
        "identity": identity_of(participant),
        "area": participant.area,
        "consents": consents_of(participant),
        "calls": earlier_calls(participant),
        "call_backs": open_call_backs(participant),
        "actions": actions_for(participant, by=by),
    }
    return {"call": opened, "told": told, "form": form, **(shown if told else {})}


def opened_call(request: HttpRequest, key: UUID, *, now: datetime) -> Call | None:
    """Return the call, or say that it is over."""
    try:
        return open_participant(key, by=coordinator(request).actor(ROLE), now=now)
    except CallIsOver as error:
        messages.error(request, SENTENCES[type(error)])
        return None


@never_cache
@require_POST
def promise(request: HttpRequest, key: UUID) -> HttpResponse:
    """Promise to call back; with a mistake the page comes back as it was filled in."""
    user, now = coordinator(request), timezone.now()
    opened = opened_call(request, key, now=now)
    if opened is None:
        return redirect("desk:find")
    form = CallBackForm(request.POST, today=timezone.localdate(now))
    by = user.actor(ROLE)
    if form.is_valid() and done(
        request,
        form,
        lambda: promise_call_back(opened.participant, **form.cleaned_data, by=by, now=now),
    ):
        messages.success(request, _("The call-back was noted."))
        return redirect("desk:call", key=key)
    return render(request, "desk/call.html", call_context(opened, by, form, now=now))


@never_cache
def stranger(request: HttpRequest) -> HttpResponse:
    """Promise to call back somebody whom we do not know yet."""
    user, now = coordinator(request), timezone.now()
    form = StrangerCallBackForm(request.POST or None, today=timezone.localdate(now))
    if form.is_valid() and done(
        request,
        form,
        lambda: promise_call_back(None, **form.cleaned_data, by=user.actor(ROLE), now=now),
    ):
        messages.success(request, _("The call-back was noted."))
        return redirect("desk:work")
    return render(
        request,
        "desk/form.html",
        {
            "form": form,
            "title": _("Call somebody back"),
            "button": _("Note this call-back"),
            "back": "desk:find",
        },
    )


def done(request: HttpRequest, form: forms.Form, act: Callable[[], object]) -> bool:
    """Act, and say on the form why it could not be done; returns whether it was."""
    del request
    try:
        act()
    except REFUSALS as error:
        form.add_error(None, str(SENTENCES[type(error)]))
        return False
    return True


def on_behalf(
    request: HttpRequest,
    key: UUID,
    form: forms.Form,
    act: Callable[[Call, datetime], object],
    page: dict[str, object],
) -> HttpResponse:
    """Ask and do one thing for the person on the line, if the caller may decide for them."""
    now = timezone.now()
    opened = opened_call(request, key, now=now)
    if opened is None or not may_be_told(opened, now=now):
        return redirect("desk:find")
    if form.is_bound and form.is_valid() and done(request, form, lambda: act(opened, now)):
        messages.success(request, _("It was noted."))
        return redirect("desk:call", key=key)
    return render(request, "desk/form.html", {"form": form, "call": opened, **page})


@never_cache
def contact(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change how to address and reach somebody."""
    user, now = coordinator(request), timezone.now()
    if request.method == "POST":
        form = ContactForm(request.POST)
    else:
        opened = opened_call(request, key, now=now)
        if opened is None or not may_be_told(opened, now=now):
            return redirect("desk:find")
        form = ContactForm(initial=vars(contact_of(opened.participant.identity)))
    return on_behalf(
        request,
        key,
        form,
        lambda opened, at: change_contact(
            opened.participant, contact=form.contact(), by=user.actor(ROLE), now=at
        ),
        {"title": _("Name, address and phone"), "button": _("Keep these changes")},
    )


@never_cache
def consent(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down a yes."""
    user = coordinator(request)
    form = ConsentForm(request.POST or None, initial={"given_how": "oral"})
    return on_behalf(
        request,
        key,
        form,
        lambda opened, at: record_consent(
            opened.participant, **form.cleaned_data, by=user.actor(ROLE), now=at
        ),
        {"title": _("Write down a consent"), "button": _("Write it down")},
    )


@never_cache
@require_POST
def take_back(request: HttpRequest, key: UUID, consent: UUID) -> HttpResponse:
    """Take a yes back, the same minute."""
    user, now = coordinator(request), timezone.now()
    opened = opened_call(request, key, now=now)
    if opened is None or not may_be_told(opened, now=now):
        return redirect("desk:find")
    given = get_object_or_404(consents_of(opened.participant), key=consent)
    withdraw_consent(given, by=user.actor(ROLE), now=now)
    messages.success(request, _("The consent was taken back. From now on nothing is shared."))
    return redirect("desk:call", key=key)


@never_cache
def representation(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write down who may speak for somebody."""
    user = coordinator(request)
    form = RepresentationForm(
        request.POST or None, initial={"valid_from": timezone.localdate(timezone.now())}
    )
    return on_behalf(
        request,
        key,
        form,
        lambda opened, at: add_representation(
            opened.participant, **form.cleaned_data, by=user.actor(ROLE), now=at
        ),
        {
            "title": _("Who may speak for this person?"),
            "button": _("Write it down"),
            "beside": "authority",
        },
    )
