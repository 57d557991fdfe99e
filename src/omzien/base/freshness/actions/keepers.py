"""Naming who keeps what, and how often it is looked at."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from omzien.base.freshness.models import CheckRhythm, Keeper, Reach
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation
    from omzien.base.places.models import Area

FACTS = files("omzien.base.freshness") / "facts"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody without an account: a name, and a mail address or a number to ring."""

    name: str
    email: str = ""
    phone: str = ""
    reach: str = Reach.MAIL


class AlreadyKeeper(Exception):
    """This person keeps it already, in the same way."""


@transaction.atomic
def name_keeper(
    about: Offer | Organisation | Area,
    *,
    part: str,
    who: User | Person,
    on: date,
    by: Actor,
    now: datetime,
) -> Keeper:
    """Let somebody keep an offer, an organisation's offers, or look over an area."""
    person = asdict(who) if isinstance(who, Person) else {"user": who}
    keeper = Keeper(part=part, since=on, **person)
    setattr(keeper, about._meta.model_name or "", about)
    try:
        with transaction.atomic():
            keeper.save(force_insert=True)
    except IntegrityError as error:
        if "keeper_once_at_a_time" not in str(error):
            raise
        raise AlreadyKeeper from error
    record("freshness.name_keeper", subject=keeper, by=by, reason=f"part:{part}", now=now)
    return keeper


@transaction.atomic
def end_keeper(keeper: Keeper, *, on: date, by: Actor, now: datetime) -> None:
    """Note that somebody no longer keeps it; twice changes nothing."""
    locked = Keeper.objects.select_for_update().get(pk=keeper.pk)
    if locked.until is not None:
        return
    locked.until = on
    locked.save(update_fields=["until"])
    record("freshness.end_keeper", subject=locked, by=by, now=now)


@transaction.atomic
def load_rhythms(*, by: Actor, now: datetime) -> int:
    """Load after how many months each kind is looked at; what was changed here stays."""
    months: Mapping[str, int | None] = json.loads(
        (FACTS / "rhythms.json").read_text(encoding="utf-8")
    )
    known = set(CheckRhythm.objects.values_list("kind", flat=True))
    missing = [CheckRhythm(kind=kind, months=months[kind]) for kind in months.keys() - known]
    CheckRhythm.objects.bulk_create(missing)
    if missing:
        record("freshness.load_rhythms", subject=None, by=by, now=now)
    return len(missing)


@transaction.atomic
def set_rhythm(kind: str, *, months: int | None, by: Actor, now: datetime) -> CheckRhythm:
    """Say after how many months records of a kind are looked at again; None: never."""
    rhythm, _made = CheckRhythm.objects.update_or_create(kind=kind, defaults={"months": months})
    record("freshness.set_rhythm", subject=rhythm, by=by, reason=f"kind:{kind}", now=now)
    return rhythm


@transaction.atomic
def set_rhythms(months: Mapping[str, int | None], *, by: Actor, now: datetime) -> None:
    """Set the rhythm of several kinds at once."""
    for kind, number in months.items():
        set_rhythm(kind, months=number, by=by, now=now)
