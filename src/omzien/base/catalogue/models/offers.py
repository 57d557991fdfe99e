"""Offers: what people can join or turn to."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models.locations import Location
from omzien.base.catalogue.models.terms import Term
from omzien.base.network.models import Organisation
from omzien.base.places.models import Area


class Kind(models.TextChoices):
    PROVISION = "provision", _("support")
    ACTIVITY = "activity", _("activity")
    MEETING_ACTIVITY = "meeting-activity", _("meeting other people")
    COURSE = "course", _("course")
    EVENT = "event", _("one-off event")
    CAMPAIGN = "campaign", _("campaign event")
    HELP_LINE = "help-line", _("help line")


class Status(models.TextChoices):
    DRAFT = "draft", _("being written")
    ACTIVE = "active", _("visible")
    PAUSED = "paused", _("paused")
    ENDED = "ended", _("stopped")


class OpenTo(models.TextChoices):
    ALL = "all", _("everybody")
    WOMEN = "women", _("women")
    MEN = "men", _("men")


class Booking(models.TextChoices):
    NONE = "none", _("just come")
    ASK = "ask", _("call or write first")
    REQUIRED = "required", _("sign up first")


class Recognition(models.TextChoices):
    """Levels of the effect databases; below the first it was not judged."""

    NOT_JUDGED = "", _("not judged")
    WELL_DESCRIBED = "well-described", _("well described")
    WELL_FOUNDED = "well-founded", _("well founded")
    FIRST_SIGNS = "first-signs", _("effective: first indications")
    GOOD_SIGNS = "good-signs", _("effective: good indications")
    STRONG_SIGNS = "strong-signs", _("effective: strong indications")


class Offer(models.Model):
    """Something that people can join or turn to: what, for whom, where, and what it costs."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("short name"), max_length=100, unique=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    status = models.CharField(_("status"), max_length=6, choices=Status, default=Status.DRAFT)
    name = models.CharField(_("name"), max_length=160)
    summary = models.CharField(_("in one sentence"), max_length=300)
    description = models.TextField(_("what happens there"), blank=True)
    alert = models.CharField(_("what is different now"), max_length=300, blank=True)

    for_whom = models.CharField(_("for whom"), max_length=300, blank=True)
    open_to = models.CharField(_("open to"), max_length=5, choices=OpenTo, default=OpenTo.ALL)
    min_age = models.PositiveSmallIntegerField(_("from the age of"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("up to the age of"), null=True, blank=True)
    languages = ArrayField(
        models.CharField(max_length=3), verbose_name=_("languages"), default=list, blank=True
    )
    # None: nobody said; 0: free of charge.
    price_cents = models.PositiveIntegerField(_("price a time, in cents"), null=True, blank=True)
    price_note = models.CharField(_("about the price"), max_length=200, blank=True)
    booking = models.CharField(
        _("signing up"), max_length=8, choices=Booking, default=Booking.NONE
    )
    booking_note = models.CharField(_("how to sign up"), max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField(_("how many can join"), null=True, blank=True)
    capacity_left = models.PositiveSmallIntegerField(
        _("how many still can"), null=True, blank=True
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)

    location = models.ForeignKey(
        Location,
        verbose_name=_("location"),
        on_delete=models.PROTECT,
        related_name="offers",
        null=True,
        blank=True,
    )
    at_home = models.BooleanField(_("comes to people at home"), default=False)
    by_phone = models.BooleanField(_("by telephone"), default=False)
    # Empty: the whole town.
    areas = models.ManyToManyField(
        Area, verbose_name=_("only for these neighbourhoods"), related_name="+", blank=True
    )
    transport_offered = models.BooleanField(_("you can be fetched"), default=False)
    transport_note = models.CharField(_("about transport"), max_length=200, blank=True)
    first_time_together = models.BooleanField(
        _("somebody can go with you the first time"), default=False
    )
    terms = models.ManyToManyField(Term, verbose_name=_("words"), related_name="+", blank=True)

    recognition = models.CharField(
        _("recognised as"), max_length=14, choices=Recognition, blank=True, default=""
    )
    recognised_until = models.DateField(_("recognised until"), null=True, blank=True)

    # Kept in another system: shown here, changed there.
    source_name = models.CharField(_("comes from"), max_length=120, blank=True)
    source_id = models.CharField(_("number there"), max_length=200, blank=True)
    source_url = models.URLField(_("page there"), max_length=400, blank=True)

    assured_on = models.DateField(_("checked on"), null=True, blank=True)
    check_by = models.DateField(_("check again before"), null=True, blank=True)
    invented = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("since"))
    changed_at = models.DateTimeField(_("changed on"), db_index=True)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="offer_kind_is_known"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="offer_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(open_to__in=OpenTo.values), name="offer_open_to_is_known"
            ),
            models.CheckConstraint(
                condition=Q(booking__in=Booking.values), name="offer_booking_is_known"
            ),
            models.CheckConstraint(
                condition=Q(recognition__in=Recognition.values), name="offer_recognition_is_known"
            ),
            models.CheckConstraint(
                condition=Q(recognition="") | Q(recognised_until__isnull=False),
                name="offer_recognition_expires",
            ),
            models.CheckConstraint(
                condition=Q(min_age__isnull=True)
                | Q(max_age__isnull=True)
                | Q(max_age__gte=F("min_age")),
                name="offer_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(capacity_left__isnull=True)
                | Q(capacity__isnull=False, capacity_left__lte=F("capacity")),
                name="offer_capacity_left_fits",
            ),
            models.CheckConstraint(
                condition=Q(check_by__isnull=True) | Q(assured_on__isnull=False),
                name="offer_is_checked_before_it_is_due",
            ),
            models.CheckConstraint(
                condition=Q(source_name="", source_id="") | ~Q(source_name=""),
                name="offer_from_elsewhere_names_its_source",
            ),
            models.UniqueConstraint(
                fields=["source_name", "source_id"],
                condition=~Q(source_id=""),
                name="offer_once_per_source",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "check_by"], name="offer_by_check"),
            models.Index(fields=["organisation", "status"], name="offer_of_organisation"),
            GinIndex(fields=["languages"], name="offer_by_language"),
            # Names that look alike: the same thing may have been taken in twice.
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="offer_by_letters"),
        ]

    class Privacy:
        # The organisation's own public contact; a keeper's private one stands elsewhere.
        personal = False

    def __str__(self) -> str:
        return self.name

    @property
    def visible(self) -> bool:
        return self.status == Status.ACTIVE

    @property
    def kept_elsewhere(self) -> bool:
        return bool(self.source_name)


class FundingKind(models.TextChoices):
    GRANT = "grant", _("municipal grant")
    PROCUREMENT = "procurement", _("bought by the municipality")
    OWN = "own", _("own money")
    FUND = "fund", _("fund or gift")
    PARTICIPANTS = "participants", _("paid by who takes part")
    OTHER = "other", _("other")


class Funding(models.Model):
    """From which money an offer is paid in a year; for professionals only."""

    offer = models.ForeignKey(
        Offer, verbose_name=_("offer"), on_delete=models.CASCADE, related_name="funding"
    )
    kind = models.CharField(_("kind of money"), max_length=12, choices=FundingKind)
    year = models.PositiveSmallIntegerField(_("year"))
    amount_cents = models.PositiveBigIntegerField(_("amount in cents"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=FundingKind.values), name="funding_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1990, 2100)), name="funding_year_is_a_year"
            ),
            models.UniqueConstraint(
                fields=["offer", "kind", "year", "note"], name="funding_once_a_year"
            ),
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"
