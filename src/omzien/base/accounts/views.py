"""My account, the people with an account, invitations, and the code by letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from omzien.base.accounts import actions
from omzien.base.accounts.adapters import invitation_link, send_mail, within_limit
from omzien.base.accounts.forms import (
    SENTENCES,
    ChangeForm,
    InvitationForm,
    LetterCodeForm,
    NameForm,
    SearchForm,
)
from omzien.base.accounts.models import User
from omzien.base.accounts.permissions import used_passkey
from omzien.base.accounts.queries import (
    invitation_by_key,
    invitation_for,
    open_code,
    open_invitations,
    open_sessions,
    people_with_an_account,
    role_classes,
    role_history,
    roles_of,
    standing_of,
    user_by_key,
    ways_of,
)
from omzien.base.accounts.queries.demo import demo_logins
from omzien.base.accounts.roles import ROLES, Administrator, Resident

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from omzien.base.journal.models import Actor

PAGE = require_http_methods(["GET", "HEAD", "POST"])
REFUSALS = (
    actions.AlreadyHasRole,
    actions.AlreadyInvited,
    actions.HasNoSuchRole,
    actions.LastAdministrator,
    actions.NotByInvitation,
    actions.OwnRole,
    actions.StillOwnsWork,
)


def who(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def administrator(request: HttpRequest) -> Actor:
    return who(request).actor(Administrator.name)


def too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


# --- My account ----------------------------------------------------------------------------------


@never_cache
@PAGE
def mine(request: HttpRequest) -> HttpResponse:
    user = who(request)
    form = NameForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        actions.rename(user, name=form.cleaned_data["name"], now=timezone.now())
        messages.success(request, _("Your name is saved."))
        return redirect("accounts:mine")
    standing = standing_of(user, request.session)
    context = {
        "form": form,
        "roles": role_classes(standing.roles),
        "waiting": role_classes(standing.waiting_roles),
        "ways": ways_of(user),
        "sessions": open_sessions(user),
        "may_activate": Resident.name in standing.held,
    }
    return render(request, "accounts/mine.html", context)


@never_cache
@require_GET
def second_factor(request: HttpRequest) -> HttpResponse:
    user = who(request)
    standing = standing_of(user, request.session)
    if standing.held and not standing.waiting_roles:
        return redirect("accounts:mine")
    context = {"waiting": role_classes(standing.waiting_roles), "ways": ways_of(user)}
    return render(request, "accounts/second_factor.html", context)


@never_cache
@PAGE
def close(request: HttpRequest) -> HttpResponse:
    user = who(request)
    if request.method != "POST":
        return render(request, "accounts/close.html", {"user": user})
    try:
        actions.leave(user, by=user.actor("self"), now=timezone.now())
    except REFUSALS as refusal:
        return refused(request, refusal, "accounts:mine")
    logout(request)
    return render(request, "accounts/closed.html")


@never_cache
@PAGE
def activate(request: HttpRequest) -> HttpResponse:
    user = who(request)
    form = LetterCodeForm(request.POST or None)
    if request.method == "POST":
        if not within_limit(request, "activate"):
            return too_often(request)
        if form.is_valid() and activated(request, user, form):
            messages.success(request, _("Thank you. We now know that this is your address."))
            return redirect("accounts:mine")
    context = {"form": form, "passkey": used_passkey(request.session), "code": open_code(user)}
    return render(request, "accounts/activate.html", {**context, "ways": ways_of(user)})


def activated(request: HttpRequest, user: User, form: LetterCodeForm) -> bool:
    try:
        actions.activate_by_letter(
            user,
            code=form.cleaned_data["code"],
            with_passkey=used_passkey(request.session),
            by=user.actor("self"),
            now=timezone.now(),
        )
    except (actions.WrongCode, actions.NoTriesLeft, actions.PasskeyNeeded) as refusal:
        form.add_error("code", sentence(refusal))
        return False
    return True


# --- Invitations ---------------------------------------------------------------------------------


@never_cache
@PAGE
def invite(request: HttpRequest) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invite_by_mail(request, **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("accounts:people")
    return render(request, "accounts/invite.html", {"form": form})


@transaction.atomic
def invite_by_mail(request: HttpRequest, *, email: str, role: str, organisation: str) -> None:
    """Invite and queue the mail together: neither is there without the other."""
    made, token = actions.invite_person(
        email, role=role, organisation=organisation, by=administrator(request), now=timezone.now()
    )
    send_mail("account_invitation", to=made.email, link=invitation_link(request, token))


@require_POST
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    invitation = invitation_by_key(key)
    if invitation is None:
        raise Http404
    try:
        by = administrator(request)
        actions.withdraw_invitation(invitation, by=by, now=timezone.now())
    except actions.InvitationNotOpen as refusal:
        return refused(request, refusal, "accounts:people")
    messages.success(request, _("The invitation no longer works."))
    return redirect("accounts:people")


@never_cache
@PAGE
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show one large button; opening the link changes nothing, for mail scanners open links."""
    if not within_limit(request, "invitation"):
        return too_often(request)
    now = timezone.now()
    found = invitation_for(token, now=now)
    if found is None:
        return render(request, "accounts/invitation_closed.html", status=404)
    if request.method != "POST":
        return render(request, "accounts/invitation.html", {"role": ROLES[found.role]})
    try:
        actions.accept_invitation(found, now=now)
    except (actions.InvitationNotOpen, actions.OwnRole):
        return render(request, "accounts/invitation_closed.html", status=404)
    return render(request, "accounts/invitation_accepted.html", {"role": ROLES[found.role]})


# --- People with an account ----------------------------------------------------------------------


@never_cache
@PAGE
def people(request: HttpRequest) -> HttpResponse:
    """Show the list; a search is a POST, so that no name comes to stand in an address."""
    form = SearchForm(request.POST or None)
    search = form.cleaned_data["search"] if form.is_valid() else ""
    context = {
        "form": form,
        "people": people_with_an_account(search)[:200],
        "invitations": open_invitations(timezone.now()),
    }
    return render(request, "accounts/people.html", context)


@never_cache
@PAGE
def person(request: HttpRequest, key: UUID) -> HttpResponse:
    user = user_by_key(key)
    if user is None:
        raise Http404
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change(user, by=administrator(request), **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("This is saved."))
            return redirect("accounts:person", key=key)
    held = roles_of(user)
    context = {"person": user, "form": form, "history": role_history(user), "ways": ways_of(user)}
    roles = {"held": role_classes(held), "others": role_classes(frozenset(ROLES) - held)}
    return render(request, "accounts/person.html", {**context, **roles})


def change(user: User, *, change: str, role: str, by: Actor) -> None:
    now = timezone.now()
    match change:
        case "give_role":
            actions.give_role(user, role=role, by=by, now=now)
        case "end_role":
            actions.end_role(user, role=role, by=by, now=now)
        case "deactivate":
            actions.deactivate(user, by=by, now=now)
        case "reactivate":
            actions.reactivate(user, by=by, now=now)
        case "log_out":
            actions.end_sessions(user, by=by, now=now)
        case _:
            actions.leave(user, by=by, now=now)


@never_cache
@require_POST
def activation_letter(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make the code and show it once, to print and post to the registered address."""
    user = user_by_key(key)
    if user is None:
        raise Http404
    if not within_limit(request, "letter"):
        return too_often(request)
    try:
        letter = actions.request_activation_letter(
            user, by=administrator(request), now=timezone.now()
        )
    except actions.NotAResident as refusal:
        messages.error(request, sentence(refusal))
        return redirect("accounts:person", key=key)
    return render(request, "accounts/activation_letter.html", {"letter": letter})


@require_GET
def demo(request: HttpRequest) -> HttpResponse:
    """Mounted in the demo only: how to log in as each of the invented people."""
    return render(request, "accounts/demo.html", {"logins": demo_logins(timezone.now())})


# --- Refusals ------------------------------------------------------------------------------------


def sentence(refusal: Exception) -> str:
    return str(SENTENCES[type(refusal)])


def refused(request: HttpRequest, refusal: Exception, address: str) -> HttpResponse:
    messages.error(request, sentence(refusal))
    return redirect(address)
