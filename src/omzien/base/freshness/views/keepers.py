"""The pages of who keeps what, and how often it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from omzien.base.freshness.actions.keepers import end_keeper, name_keeper, set_rhythms
from omzien.base.freshness.forms.keepers import ALL, KeeperForm, RhythmForm
from omzien.base.freshness.forms.sentences import REFUSALS, sentence
from omzien.base.freshness.queries.keepers import keepers_shown
from omzien.base.freshness.views.checking import PAGE, as_key
from omzien.base.freshness.views.doors import colleague, known_offer, signed_in

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor


@never_cache
@PAGE
def keepers(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show who keeps a record; name somebody, or let somebody stop."""
    offer, (user, role) = known_offer(key), colleague(request)
    today = timezone.localdate(timezone.now())
    ending = as_key(request.POST.get("end", ""))
    form = KeeperForm(request.POST if request.method == "POST" and not ending else None)
    if ending:
        keeper = get_object_or_404(keepers_shown(offer, on=today), key=ending)
        end_keeper(keeper, on=today, by=user.actor(role), now=timezone.now())
        messages.success(request, _("It is noted."))
        return redirect("freshness:keepers", key=key)
    if form.is_bound and form.is_valid() and named(form, offer, by=user.actor(role)):
        messages.success(request, _("It is noted."))
        return redirect("freshness:keepers", key=key)
    context = {"offer": offer, "keepers": keepers_shown(offer, on=today), "form": form}
    return render(request, "freshness/keepers.html", context)


def named(form: KeeperForm, offer: Offer, *, by: Actor) -> bool:
    """Name a keeper, or say on the form why that cannot be."""
    given, now = form.cleaned_data, timezone.now()
    about = offer.organisation if given["about"] == ALL else offer
    today = timezone.localdate(now)
    try:
        name_keeper(about, part=given["part"], who=form.who(), on=today, by=by, now=now)
    except REFUSALS as refusal:
        form.add_error(None, sentence(refusal))
        return False
    return True


@never_cache
@PAGE
def rhythm(request: HttpRequest) -> HttpResponse:
    """Show and change after how many months each kind is looked at again."""
    form = RhythmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = signed_in(request).actor("editor")
        set_rhythms(form.different(), by=by, now=timezone.now())
        messages.success(request, _("The rhythm is saved. It counts from the next time on."))
        return redirect("freshness:rhythm")
    return render(request, "freshness/rhythm.html", {"form": form})
