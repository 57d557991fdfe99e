"""Areas by division year, indicators by version, and figures as they were published."""

from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Series(models.TextChoices):
    """Where numbers come from that may stand in one line; two series never do."""

    HEALTH_MONITOR = "health-monitor", _("Health monitor of GGD, CBS and RIVM: 11 statements")
    COHESION_SIX = "cohesion-6", _("CBS social cohesion survey since 2019: 6 statements")
    COHESION_OLD = "cohesion-12", _("CBS social cohesion survey until 2016: 0 to 12 points")
    CITY_SURVEY = "city-survey", _("City survey of the municipality")
    COMMUNITY_LIFE = "community-life", _("Community Life Survey, England")
    POPULATION = "population", _("CBS key figures of districts and neighbourhoods")
    OWN = "own", _("Figures of the municipality itself")
    EXAMPLE = "example", _("Example figures (made up)")


class AreaKind(models.TextChoices):
    COUNTRY = "country", _("country")
    MUNICIPALITY = "municipality", _("municipality")
    DISTRICT = "district", _("district")
    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")


class Unit(models.TextChoices):
    PERCENT = "percent", _("percent")
    PEOPLE = "people", _("people")
    HOUSEHOLDS = "households", _("households")
    PEOPLE_PER_HOUSEHOLD = "people-per-household", _("people per household")
    PEOPLE_PER_KM2 = "people-per-km2", _("people per square kilometre")
    THOUSAND_EURO = "thousand-euro", _("thousand euros")
    CLASS = "class", _("class from 1 to 5")


class Reason(models.TextChoices):
    """Why a figure is not shown."""

    WITHHELD = "withheld", _("The publisher does not show this figure.")
    TOO_FEW = "too-few", _("Too few people live here for an honest figure.")
    UNRELIABLE = "unreliable", _("The figure is too uncertain to show.")
    SECONDARY = "secondary", _("Shown, this figure would give away another one.")


class Source(models.Model):
    """Who published a set of figures or outlines, where and under which licence."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=120)
    url = models.URLField(max_length=400, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    invented = models.BooleanField(default=False)

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return self.title


class Indicator(models.Model):
    """One way of counting, in one version of its definition."""

    slug = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    definition = models.TextField()
    definition_en = models.TextField()
    series = models.CharField(max_length=20, choices=Series)
    unit = models.CharField(max_length=24, choices=Unit)
    line = models.CharField(max_length=20, blank=True)
    age_rule = models.CharField(max_length=120, blank=True)
    scale = models.CharField(max_length=60, blank=True)
    cut_off = models.CharField(max_length=30, blank=True)
    label_set = models.CharField(max_length=120, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=100)

    class Privacy:
        personal = False

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="indicator_once_per_version"),
            models.CheckConstraint(
                condition=Q(series__in=Series.values), name="indicator_series_is_known"
            ),
            models.CheckConstraint(
                condition=Q(unit__in=Unit.values), name="indicator_unit_is_known"
            ),
            ExclusionConstraint(
                name="indicator_keeps_to_one_series",
                expressions=[("slug", RangeOperators.EQUAL), ("series", RangeOperators.NOT_EQUAL)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} (version {self.version})"


class Area(models.Model):
    """A country, municipality, district or neighbourhood in the division of one year."""

    code = models.CharField(max_length=12)
    division_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=13, choices=AreaKind)
    name = models.CharField(max_length=120)
    folded_name = models.CharField(max_length=120)
    note = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    x = models.FloatField(null=True, blank=True, help_text="RD New, metres")
    y = models.FloatField(null=True, blank=True, help_text="RD New, metres")

    class Privacy:
        personal = False

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "division_year"], name="area_once_per_division"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]{1,2}[0-9A-Z]{2,10}$"),
                name="area_code_has_no_blanks",
            ),
            models.CheckConstraint(
                condition=Q(kind=AreaKind.COUNTRY, code__in=["NL00", "E92000001"])
                | Q(kind=AreaKind.MUNICIPALITY, code__startswith="GM")
                | Q(kind=AreaKind.DISTRICT, code__startswith="WK")
                | Q(kind=AreaKind.NEIGHBOURHOOD, code__regex=r"^(BU|E01)"),
                name="area_kind_matches_its_code",
            ),
            models.CheckConstraint(
                condition=Q(division_year__gte=1995, division_year__lte=2100),
                name="area_division_year_is_a_year",
            ),
            models.CheckConstraint(
                condition=Q(x__isnull=True, y__isnull=True)
                | Q(x__isnull=False, y__isnull=False, x__range=(-10_000, 300_000))
                & Q(y__range=(290_000, 640_000)),
                name="area_centre_lies_in_the_rd_grid",
            ),
        ]
        indexes = [
            models.Index(fields=["code"], opclasses=["varchar_pattern_ops"], name="area_by_code"),
            GinIndex(fields=["folded_name"], opclasses=["gin_trgm_ops"], name="area_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code}, {self.division_year})"


class Outline(models.Model):
    """The border of an area as GeoJSON in RD New metres (EPSG:28992)."""

    area = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="outline")
    geometry = models.JSONField()
    sketch = models.JSONField(help_text="simplified together with its neighbours, for drawing")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="outlines")

    class Privacy:
        personal = False

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(geometry__type__in=["Polygon", "MultiPolygon"]),
                name="outline_is_a_polygon",
            ),
        ]

    def __str__(self) -> str:
        return f"outline {self.pk}"


class AreaChange(models.Model):
    """Which share of an area of one division lies in which area of another division."""

    before = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="went_to")
    after = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="came_from")
    share = models.DecimalField(max_digits=6, decimal_places=5)
    basis = models.CharField(max_length=200)

    class Privacy:
        personal = False

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="area_change_once"),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1), name="area_change_share_is_a_share"
            ),
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="area_change_joins_two_areas"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"


class Postcode(models.Model):
    """A postcode (four digits, or with two letters), its point and its neighbourhood."""

    code = models.CharField(max_length=6)
    division_year = models.PositiveSmallIntegerField()
    area = models.ForeignKey(
        Area, on_delete=models.CASCADE, null=True, blank=True, related_name="postcodes"
    )
    exact = models.BooleanField(help_text="false: only the middle point was looked at")
    box = models.BooleanField(default=False, help_text="post-office boxes, nobody lives there")
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)

    class Privacy:
        personal = False

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "division_year"], name="postcode_once_per_division"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[1-9][0-9]{3}([A-Z]{2})?$"), name="postcode_is_dutch"
            ),
            models.CheckConstraint(
                condition=Q(box=False) | Q(area__isnull=True), name="postcode_box_has_no_area"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PublishedFigure(models.Model):
    """One number as it was published, or the reason why it is not shown."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="figures")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="figures")
    period = models.CharField(max_length=7)
    group = models.CharField(max_length=7)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    lower = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    upper = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    base = models.PositiveIntegerField(null=True, blank=True)
    base_note = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="figures")
    modelled = models.BooleanField(default=False)
    suppressed = models.BooleanField(default=False)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    note = models.CharField(max_length=300, blank=True)
    leading = models.BooleanField(default=True)
    published_at = models.DateTimeField(db_index=True)

    class Privacy:
        personal = False

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "period", "group", "source"],
                name="figure_once_per_source",
            ),
            models.UniqueConstraint(
                fields=["indicator", "area", "period", "group"],
                condition=Q(leading=True),
                name="figure_has_one_leading",
            ),
            models.CheckConstraint(
                condition=Q(lower__isnull=True, upper__isnull=True)
                | Q(lower__isnull=False, upper__isnull=False, value__isnull=False)
                & Q(lower__lte=F("value"), upper__gte=F("value")),
                name="figure_lies_in_its_interval",
            ),
            models.CheckConstraint(
                condition=Q(suppressed=False, reason="", value__isnull=False)
                | (
                    Q(suppressed=True, reason__in=Reason.values, value__isnull=True)
                    & Q(lower__isnull=True, upper__isnull=True)
                ),
                name="figure_has_a_value_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(period__regex=r"^[12][0-9]{3}(/[0-9]{2})?$"),
                name="figure_period_is_a_year",
            ),
            models.CheckConstraint(
                condition=Q(group__regex=r"^(all|[0-9]{1,3}\+|[0-9]{1,3}-[0-9]{1,3})$"),
                name="figure_group_is_an_age_group",
            ),
        ]
        indexes = [
            models.Index(
                fields=["indicator", "period", "group", "area"], name="figure_for_the_map"
            ),
        ]

    def __str__(self) -> str:
        return f"figure {self.pk}"


class ImportRun(models.Model):
    """One file that was brought in: what it was, what it changed, what was left out and why."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=24)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    created = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    skipped = models.PositiveIntegerField()
    skipped_why = models.JSONField(default=list)
    ran_at = models.DateTimeField(db_index=True)

    class Privacy:
        personal = False

    class Meta:
        ordering = ["-ran_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"
