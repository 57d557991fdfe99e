"""What the pages get to see: frozen answers instead of database rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from omzien.base.places.models import AreaKind, Reason, Series, Unit

if TYPE_CHECKING:
    from decimal import Decimal

    from omzien.base.places.models import Area, Indicator, Postcode, PublishedFigure, Source

# An estimate whose interval is wider than this (in percentage points) gets a dotted edge.
WIDE_INTERVAL = 15


@dataclass(frozen=True, slots=True)
class ShownArea:
    """An area in one division."""

    pk: int
    code: str
    division_year: int
    kind: AreaKind
    name: str
    note: str
    x: float | None
    y: float | None
    parent_pk: int | None

    @classmethod
    def of(cls, area: Area) -> ShownArea:
        return cls(
            pk=area.pk,
            code=area.code,
            division_year=area.division_year,
            kind=AreaKind(area.kind),
            name=area.name,
            note=area.note,
            x=area.x,
            y=area.y,
            parent_pk=area.parent_id,
        )

    @property
    def kind_name(self) -> str:
        return str(self.kind.label)

    @property
    def municipality_code(self) -> str:
        """The municipality that a Dutch code names in its third to sixth position, or nothing."""
        return f"GM{self.code[2:6]}" if self.code[:2] in {"GM", "WK", "BU"} else ""


@dataclass(frozen=True, slots=True)
class ShownSource:
    title: str
    publisher: str
    url: str
    licence: str
    invented: bool

    @classmethod
    def of(cls, source: Source) -> ShownSource:
        return cls(source.title, source.publisher, source.url, source.licence, source.invented)


@dataclass(frozen=True, slots=True)
class ShownIndicator:
    """An indicator in the language of the reader."""

    pk: int
    slug: str
    version: int
    title: str
    definition: str
    series: Series
    unit: Unit
    line: str
    age_rule: str
    scale: str
    cut_off: str
    label_set: str
    decimals: int

    @classmethod
    def of(cls, indicator: Indicator) -> ShownIndicator:
        english = get_language() == "en"
        return cls(
            pk=indicator.pk,
            slug=indicator.slug,
            version=indicator.version,
            title=indicator.title_en if english else indicator.title,
            definition=indicator.definition_en if english else indicator.definition,
            series=Series(indicator.series),
            unit=Unit(indicator.unit),
            line=indicator.line,
            age_rule=indicator.age_rule,
            scale=indicator.scale,
            cut_off=indicator.cut_off,
            label_set=indicator.label_set,
            decimals=indicator.decimals,
        )

    @property
    def series_title(self) -> str:
        return str(self.series.label)


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A published figure with everything that belongs to it, or why it is not shown."""

    indicator: ShownIndicator
    area: ShownArea
    period: str
    group: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    base: int | None
    base_note: str
    source: ShownSource
    modelled: bool
    suppressed: bool
    reason: str
    note: str

    @classmethod
    def of(
        cls, figure: PublishedFigure, indicator: ShownIndicator, area: ShownArea
    ) -> ShownFigure:
        return cls(
            indicator=indicator,
            area=area,
            period=figure.period,
            group=figure.group,
            value=figure.value,
            lower=figure.lower,
            upper=figure.upper,
            base=figure.base,
            base_note=figure.base_note,
            source=ShownSource.of(figure.source),
            modelled=figure.modelled,
            suppressed=figure.suppressed,
            reason=str(Reason(figure.reason).label) if figure.reason else "",
            note=figure.note,
        )

    @property
    def group_name(self) -> str:
        return group_name(self.group)

    @property
    def is_uncertain(self) -> bool:
        """Whether the interval is so wide that the map says so with a dotted edge."""
        if self.lower is None or self.upper is None:
            return False
        return self.upper - self.lower > WIDE_INTERVAL


@dataclass(frozen=True, slots=True)
class ShownPostcode:
    """A postcode, its neighbourhood, and whether that is certain.

    Of four digits only the middle point is known: then `around` has the nearest neighbourhoods.
    """

    code: str
    area: ShownArea | None
    around: tuple[ShownArea, ...]
    exact: bool
    box: bool
    x: float | None
    y: float | None

    @classmethod
    def of(cls, postcode: Postcode, around: tuple[ShownArea, ...] = ()) -> ShownPostcode:
        return cls(
            code=postcode.code,
            area=ShownArea.of(postcode.area) if postcode.area else None,
            around=around,
            exact=postcode.exact,
            box=postcode.box,
            x=postcode.x,
            y=postcode.y,
        )


def group_name(group: str) -> str:
    """Say an age group in words: 18+ is "18 years and older"."""
    if group == "all":
        return _("all ages")
    if group.endswith("+"):
        return _("%(age)s years and older") % {"age": group[:-1]}
    first, last = group.split("-")
    return _("%(first)s to %(last)s years") % {"first": first, "last": last}
