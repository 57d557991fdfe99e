"""Taking other weights into use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from omzien.base.advice.models import WeightSet
from omzien.base.advice.queries.weights import all_weights
from omzien.base.journal.actions import record
from omzien.methods.advice.weights import Weights

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from omzien.base.journal.models import Actor


class NothingCounts(Exception):
    """At least one of the first four must count."""


@transaction.atomic
def take_weights_into_use(
    weights: Mapping[str, float], *, why: str, by: Actor, now: datetime
) -> WeightSet:
    """Let advice use other weights from now on; the earlier versions stay to be read."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE advice_weightset IN SHARE ROW EXCLUSIVE MODE")
    newest = all_weights().first()
    number = 1 + (newest.number if newest else 0)
    try:
        Weights(version=str(number), **weights)
    except ValueError as error:
        raise NothingCounts from error
    made = WeightSet.objects.create(number=number, why=why, since=now, **weights)
    record("advice.set_weights", subject=None, by=by, reason=f"version-{number}", now=now)
    return made
