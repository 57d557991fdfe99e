from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from omzien.base.desk.actions.calls import open_call_back
from omzien.base.desk.actions.exchange import approve_wishes, take_work_list
from omzien.base.desk.actions.work import close_work, move_work
from omzien.base.desk.forms import (
    REFUSALS,
    SENTENCES,
    BringBackForm,
    HandledForm,
    TakeListForm,
)
from omzien.base.desk.importers.work_sheet import read_sheet
from omzien.base.desk.queries.exchange import (
    check_stamp,
    differences,
    read_wishes,
    sign_wishes,
)
from omzien.base.desk.queries.lists import MOST_LINES, lines, open_items
from omzien.base.desk.views import coordinator
from omzien.base.people.queries.participants import identity_of, unseal

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest

    from omzien.base.desk.models import CallBack
    from omzien.base.journal.models import Actor

ROLE = "coordinator"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_safe
def work_list(request: HttpRequest) -> HttpResponse:
    """Show my open work or everybody's, longest waiting first."""
    mine = request.GET.get("whose") != "all"
    today = timezone.localdate(timezone.now())
    found = lines(open_items(owner=coordinator(request) if mine else None), today=today)
    return render(
        request,
        "desk/work.html",
        {
            "mine": mine,
            "lines": found[:MOST_LINES],
            "total": len(found),
            "today": today,
            "take": TakeListForm(initial={"mine": mine}),
            "bring": BringBackForm(),
        },
    )


@never_cache
def call_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a promise to call back, and write down what became of it."""
    user, now = coordinator(request), timezone.now()
    by = user.actor(ROLE)
    promise = open_call_back(key, by=by, now=now)
    if promise is None:
        raise Http404
    form = HandledForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            handle(promise, form.cleaned_data, do=request.POST.get("do", ""), by=by, now=now)
        except REFUSALS as error:
            form.add_error(None, str(SENTENCES[type(error)]))
        else:
            messages.success(request, _("It was noted."))
            return redirect("desk:work")
    person = promise.participant
    context = {
        "promise": promise,
        "identity": identity_of(person) if person else None,
        "note": unseal(person, promise.sealed_note),
        "form": form,
    }
    return render(request, "desk/call_back.html", context)


def handle(promise: CallBack, given: dict[str, Any], *, do: str, by: Actor, now: datetime) -> None:
    """Do one thing with a promise: done, or moved to a colleague or another day."""
    if do == "done":
        close_work(promise, by=by, now=now)
    else:
        move_work(promise, to=given["owner"], due_on=given["due_on"], by=by, now=now)


@never_cache
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Give open work as a spreadsheet, with a reason."""
    user, form = coordinator(request), TakeListForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what you need the list for."))
        return redirect("desk:work")
    now = timezone.now()
    data = take_work_list(user, kind="", **form.cleaned_data, by=user.actor(ROLE), now=now)
    name = f"werklijst-{timezone.localdate(now):%Y-%m-%d}.xlsx"
    return HttpResponse(
        data,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@never_cache
@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Show what a list that came back would change."""
    user, form = coordinator(request), BringBackForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose the file of the changed work list first."))
        return redirect("desk:work")
    try:
        stamp, rows = read_sheet(form.cleaned_data["file"].read())
        check_stamp(stamp)
    except REFUSALS as error:
        messages.error(request, SENTENCES[type(error)])
        return redirect("desk:work")
    found = differences(rows)
    context = {"differences": found, "signed": sign_wishes(found, by=user)}
    return render(request, "desk/differences.html", context)


@never_cache
@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Take over the rows that were ticked, all of them or none."""
    user = coordinator(request)
    chosen = set(request.POST.getlist("row"))
    try:
        wishes = read_wishes(request.POST.get("signed", ""), by=user)
        wanted = [wish for wish in wishes if wish.key in chosen]
        approve_wishes(wanted, by=user.actor(ROLE), now=timezone.now())
    except REFUSALS as error:
        messages.error(request, SENTENCES[type(error)])
    else:
        messages.success(request, _("Rows taken over: %(count)s.") % {"count": len(wanted)})
    return redirect("desk:work")
