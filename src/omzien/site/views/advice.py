"""What would suit you: a short conversation; no answer is kept, or stands in an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from omzien.base.accounts.adapters import within_limit
from omzien.base.advice.actions.giving import give_advice
from omzien.base.advice.forms import STEPS, AdviceForm
from omzien.base.advice.queries.asking import asking_of
from omzien.site.queries.advice import advice_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def advice(request: HttpRequest) -> HttpResponse:
    """Ask in steps, of which each may be skipped, and show what fits."""
    form = AdviceForm(request.POST) if request.method == "POST" else AdviceForm()
    wanted = request.POST.get("do", "0")
    if form.is_bound and not form.is_valid():
        wanted = str(form.first_wrong_step or 0)
    if wanted == "show":
        return shown(request, form)
    step = int(wanted) if wanted in {str(number) for number in range(len(STEPS))} else 0
    context = {
        "form": form,
        "here": [form[name] for name in STEPS[step]],
        "elsewhere": [form[n] for names in STEPS for n in names if n not in STEPS[step]],
        "step": step + 1,
        "steps": len(STEPS),
        "earlier": step - 1 if step else None,
        "later": step + 1 if step + 1 < len(STEPS) else None,
    }
    return render(request, "site/advice.html", context)


def shown(request: HttpRequest, form: AdviceForm) -> HttpResponse:
    """Show the advice; whoever asks very often gets it too, and no longer counts."""
    asking, now = asking_of(form.cleaned_data), timezone.now()
    given = give_advice(asking, counted=within_limit(request, "advice"), now=now)
    page = advice_page(given, asking, now=now)
    context = {"page": page, "form": form, "kept": list(form)}
    return render(request, "site/advice_shown.html", context)
