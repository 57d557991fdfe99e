"""The figures of freshness: at most seven, each with its target and its direction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Avg, Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from omzien.base.catalogue.models import Kind
from omzien.base.catalogue.queries.completeness import completeness, with_all_that_counts
from omzien.base.freshness.models import DayCount, Part, WrongReport
from omzien.base.freshness.queries.checks import ASK_BEFORE, due, kept_here
from omzien.base.freshness.queries.keepers import current_keepers
from omzien.base.freshness.queries.reports import open_reports
from omzien.base.network.models import Delegate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from omzien.base.catalogue.models import Offer

# A name, how many records, and how many of those past their day.
Counted = tuple[Any, int, int]
FOUR_WEEKS, QUARTER = timedelta(days=28), timedelta(days=91)
AT_ONCE = 2_000
MOST_ORGANISATIONS = 20
# What a word of a figure means is: of every hundred records, a number, days, points.
OF_100, NUMBER, DAYS, POINTS = "of-100", "number", "days", "points"


@dataclass(frozen=True, slots=True)
class Kept:
    """One figure: how it is taken from the count of a day, its target and what is better."""

    title: _StrPromise
    value: Callable[[DayCount], float | None]
    unit: str
    target: float
    more_is_better: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in words: its value, target, whether that is met, and where it goes."""

    title: str
    value: str
    target: str
    met: bool | None
    direction: str


@dataclass(frozen=True, slots=True)
class Share:
    """How fresh a group of records is."""

    name: str
    kept: int
    fresh: int
    stale: int

    @property
    def percent(self) -> int:
        return round(100 * self.fresh / self.kept) if self.kept else 0


def of_hundred(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


FIGURES = (
    Kept(
        gettext_lazy("Fresh records"),
        lambda day: of_hundred(day.fresh, day.kept),
        OF_100,
        90,
        more_is_better=True,
    ),
    Kept(
        gettext_lazy("Due within two weeks"),
        lambda day: of_hundred(day.due, day.kept),
        OF_100,
        10,
        more_is_better=False,
    ),
    Kept(
        gettext_lazy("Past their day"),
        lambda day: of_hundred(day.stale, day.kept),
        OF_100,
        10,
        more_is_better=False,
    ),
    Kept(
        gettext_lazy("Reports of mistakes that are open"),
        lambda day: day.reports_open,
        NUMBER,
        5,
        more_is_better=False,
    ),
    Kept(
        gettext_lazy("Time to solve a report"),
        lambda day: day.days_to_answer,
        DAYS,
        7,
        more_is_better=False,
    ),
    Kept(
        gettext_lazy("Records without an owner"),
        lambda day: day.without_owner,
        NUMBER,
        0,
        more_is_better=False,
    ),
    Kept(
        gettext_lazy("Completeness, on average"),
        lambda day: day.completeness,
        POINTS,
        80,
        more_is_better=True,
    ),
)


def latest_count() -> DayCount | None:
    return DayCount.objects.order_by("-day").first()


def count_before(day: DayCount) -> DayCount | None:
    """Return the count of four weeks before, or the last one before that."""
    return DayCount.objects.filter(day__lte=day.day - FOUR_WEEKS).order_by("-day").first()


def figures(day: DayCount, before: DayCount | None) -> list[Figure]:
    """Return the figures of a day in words, each beside four weeks before."""
    return [figure_of(kept, day, before) for kept in FIGURES]


def figure_of(kept: Kept, day: DayCount, before: DayCount | None) -> Figure:
    value = kept.value(day)
    then = kept.value(before) if before else None
    bound = _("at least %(value)s") if kept.more_is_better else _("at most %(value)s")
    met = None
    if value is not None:
        met = value >= kept.target if kept.more_is_better else value <= kept.target
    return Figure(
        title=str(kept.title),
        value=in_unit(value, kept.unit),
        target=bound % {"value": in_unit(kept.target, kept.unit)},
        met=met,
        direction=direction_words(kept, value, then),
    )


def in_unit(value: float | None, unit: str) -> str:
    """Write a figure with what it counts."""
    if value is None:
        return _("not known yet")
    tenths, whole = round(value, 1), round(value)
    shown = tenths if unit == DAYS and tenths != whole else whole
    number = number_format(shown, force_grouping=True)
    return {
        OF_100: lambda: _("%(number)s of every 100") % {"number": number},
        NUMBER: lambda: number,
        DAYS: lambda: ngettext("%(number)s day", "%(number)s days", whole) % {"number": number},
        POINTS: lambda: _("%(number)s points") % {"number": number},
    }[unit]()


def direction_words(kept: Kept, value: float | None, then: float | None) -> str:
    """Say whether it goes the right way, beside four weeks ago."""
    if value is None or then is None:
        return _("nothing to compare with yet")
    was = {"value": in_unit(then, kept.unit)}
    if round(value, 1) == round(then, 1):
        return _("the same as four weeks ago")
    better = (value > then) == kept.more_is_better
    return (_("better: it was %(value)s") if better else _("worse: it was %(value)s")) % was


# --- Counting -----------------------------------------------------------------------------------


def count_of(on: date, *, now: datetime) -> DayCount:
    """Return the count of a day, not stored yet."""
    kept = kept_here()
    numbers = kept.aggregate(
        kept=Count("pk"),
        stale=Count("pk", filter=due(on)),
        due=Count("pk", filter=due(on + ASK_BEFORE) & ~due(on)),
    )
    return DayCount(
        day=on,
        kept=numbers["kept"],
        fresh=numbers["kept"] - numbers["stale"],
        due=numbers["due"],
        stale=numbers["stale"],
        without_owner=without_owner(kept, on=on).count(),
        reports_open=open_reports().count(),
        days_to_answer=days_to_answer(since=now - QUARTER),
        completeness=mean_completeness(kept),
    )


def without_owner(offers: QuerySet[Offer], *, on: date) -> QuerySet[Offer]:
    """Return the records that nobody is asked about: no keeper, and no delegate."""
    owners = current_keepers(on).filter(part=Part.OWNER).order_by()
    of_offer = owners.filter(Q(offer=OuterRef("pk")) | Q(organisation=OuterRef("organisation_id")))
    delegates = Delegate.objects.filter(
        organisation=OuterRef("organisation_id"), ended_at__isnull=True, user__is_active=True
    )
    return offers.filter(~Exists(of_offer), ~Exists(delegates))


def days_to_answer(*, since: datetime) -> float | None:
    """Return how many days a report took that was closed since then, on average."""
    closed = WrongReport.objects.filter(closed_at__gte=since)
    took = closed.aggregate(took=Avg(F("closed_at") - F("opened_at")))["took"]
    return took / timedelta(days=1) if took is not None else None


def mean_completeness(offers: QuerySet[Offer]) -> float | None:
    found = with_all_that_counts(offers.order_by("pk")).iterator(AT_ONCE)
    scores = [completeness(offer).score for offer in found]
    return sum(scores) / len(scores) if scores else None


def shares_by_kind(on: date) -> list[Share]:
    """Return how fresh each kind of record is."""
    titles = {kind.value: str(kind.label) for kind in Kind}
    return shares((titles[name], kept, stale) for name, kept, stale in grouped(F("kind"), on))


def shares_by_district(on: date) -> list[Share]:
    """Return how fresh the records of each district are; what is nowhere stands under none."""
    place = Coalesce("location__area__parent__name", "location__area__name")
    return shares(
        (name or _("no address"), kept, stale) for name, kept, stale in grouped(place, on)
    )


def shares_by_organisation(on: date) -> list[Share]:
    """Return the organisations with most records past their day."""
    found = [one for one in shares(grouped(F("organisation__name"), on)) if one.stale]
    return found[:MOST_ORGANISATIONS]


def grouped(by: F | Coalesce, on: date) -> Iterable[Counted]:
    """Return the numbers of kept and stale records by a field."""
    rows = kept_here().order_by().values(group=by)
    counted = rows.annotate(kept=Count("pk"), stale=Count("pk", filter=due(on)))
    return ((row["group"], row["kept"], row["stale"]) for row in counted)


def shares(rows: Iterable[Counted]) -> list[Share]:
    """Return shares, most past their day first."""
    found = [Share(str(name), kept, kept - stale, stale) for name, kept, stale in rows]
    return sorted(found, key=lambda one: (-one.stale, one.name))
