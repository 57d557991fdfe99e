"""Who is here, who is away, and which tables hold owned work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Q
from django.utils.text import capfirst

from omzien.base.desk.models import Absence, OnDuty, OwnedWork, WorkList

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from omzien.base.accounts.models import User


def work_models() -> list[type[OwnedWork]]:
    """Return every kind of owned work of every app, in a lasting order."""
    found = [model for model in apps.get_models() if issubclass(model, OwnedWork)]
    return sorted(found, key=kind_of)


def kind_of(model: type[OwnedWork] | OwnedWork) -> str:
    """Return the lasting name of a kind of work, such as "desk.callback"."""
    return model._meta.label_lower


def model_of(kind: str) -> type[OwnedWork] | None:
    """Return the table of a kind of work, or None when there is no such kind."""
    return next((model for model in work_models() if kind_of(model) == kind), None)


def duty_of(user: User) -> OnDuty | None:
    """Return the row by which somebody can own work, or None when they are not on duty."""
    return OnDuty.objects.filter(user=user).first()


def people_on_duty() -> QuerySet[OnDuty]:
    """Return everybody who can own work now, by name."""
    return OnDuty.objects.select_related("user").order_by("user__name", "pk")


def absences_to_start(today: date) -> QuerySet[Absence]:
    """Return absences whose first day has come."""
    return Absence.objects.filter(
        period__contains=today, started_at__isnull=True, ended_at__isnull=True
    ).select_related("user", "deputy")


def absences_to_end(today: date) -> QuerySet[Absence]:
    """Return absences whose last day is over."""
    over = Q(period__fully_lt=(today, None)) & ~Q(period__contains=today)
    return Absence.objects.filter(over, ended_at__isnull=True).select_related("user", "deputy")


def running_absence_of(user: User) -> Absence | None:
    return (
        Absence.objects.filter(user=user, started_at__isnull=False, ended_at__isnull=True)
        .select_related("user", "deputy")
        .first()
    )


def absences_ahead(today: date) -> QuerySet[Absence]:
    """Return who is or will be away, soonest first."""
    return (
        Absence.objects.filter(ended_at__isnull=True, period__endswith__gt=today)
        .select_related("user", "deputy")
        .order_by("period", "pk")
    )


def absence_by_key(key: UUID) -> Absence | None:
    return Absence.objects.filter(key=key).first()


def stand_in_for(user: User) -> OnDuty | None:
    """Return who is on duty in somebody's place: a deputy, or the deputy of the deputy."""
    seen: set[int] = set()
    while user.pk not in seen:
        seen.add(user.pk)
        duty = duty_of(user)
        if duty is not None:
            return duty
        absence = running_absence_of(user)
        user = absence.deputy if absence else user
    return None


def open_work(model: type[OwnedWork]) -> QuerySet[OwnedWork]:
    """Return the open work of one kind, longest waiting first."""
    return model._default_manager.filter(closed_at__isnull=True).order_by(  # noqa: SLF001 - idem
        "opened_at", "pk"
    )


def work_list_of(kind: str) -> WorkList | None:
    return WorkList.objects.filter(kind=kind).select_related("owner__user", "deputy__user").first()


@dataclass(frozen=True)
class ListLine:
    """One kind of work: its name, whose it is, and who takes over."""

    kind: str
    title: str
    owner: str
    deputy: str


def work_lists() -> list[ListLine]:
    """Return whose each kind of work is; without an owner new work goes to who is here longest."""
    known = {
        each.kind: each for each in WorkList.objects.select_related("owner__user", "deputy__user")
    }
    return [line_of(model, known.get(kind_of(model))) for model in work_models()]


def line_of(model: type[OwnedWork], known: WorkList | None) -> ListLine:
    deputy = known.deputy if known else None
    return ListLine(
        kind=kind_of(model),
        title=capfirst(str(model._meta.verbose_name_plural)),
        owner=str(known.owner) if known else "",
        deputy=str(deputy) if deputy else "",
    )
