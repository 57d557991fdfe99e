"""Organisations, networks of them, and who may act for an organisation."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from omzien.base.accounts.models import User
from omzien.base.places.models import Area


class Sector(models.TextChoices):
    """What kind of party an organisation is; coalitions are unexpected when sectors differ."""

    WELFARE = "welfare", _("welfare work")
    CARE = "care", _("care")
    SPORT = "sport", _("sport and movement")
    CULTURE = "culture", _("art and culture")
    FAITH = "faith", _("church, mosque or other belief")
    EDUCATION = "education", _("education and library")
    HOUSING = "housing", _("housing")
    BUSINESS = "business", _("business")
    CATERING = "catering", _("café or restaurant")
    RESIDENTS = "residents", _("residents together")
    VOLUNTEERS = "volunteers", _("volunteers")
    NATURE = "nature", _("nature and animals")
    MUNICIPALITY = "municipality", _("municipality")
    OTHER = "other", _("other")


class Organisation(models.Model):
    """A party that does something in town: a foundation, club, church, shop, or neighbours."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=160)
    other_name = models.CharField(_("also known as"), max_length=160, blank=True)
    folded_name = models.CharField(max_length=160, editable=False)
    sector = models.CharField(_("kind of party"), max_length=12, choices=Sector)
    description = models.TextField(_("what it does"), blank=True)
    email = models.EmailField(_("e-mail address for everybody"), blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    kvk_number = models.CharField(_("number of the Chamber of Commerce"), max_length=8, blank=True)
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        related_name="parts",
        null=True,
        blank=True,
    )
    changes_go_live = models.BooleanField(
        _("own changes are visible at once"),
        default=False,
        help_text=_("Otherwise an editor looks first."),
    )
    invented = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("since"))
    changed_at = models.DateTimeField(_("changed on"), db_index=True)
    ended_on = models.DateField(_("stopped on"), null=True, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                condition=Q(sector__in=Sector.values), name="organisation_sector_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kvk_number="") | Q(kvk_number__regex=r"^[0-9]{8}$"),
                name="organisation_kvk_number_has_eight_digits",
            ),
            models.UniqueConstraint(
                fields=["kvk_number", "name"],
                condition=~Q(kvk_number=""),
                name="organisation_once_per_kvk_number_and_name",
            ),
            models.CheckConstraint(
                condition=~Q(part_of=F("id")), name="organisation_is_no_part_of_itself"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name"),
        ]
        indexes = [
            GinIndex(
                fields=["folded_name"], opclasses=["gin_trgm_ops"], name="organisation_by_name"
            ),
        ]

    class Privacy:
        # Only what an organisation itself makes public; who is behind it is a delegate.
        personal = False

    def __str__(self) -> str:
        return self.name

    @property
    def active(self) -> bool:
        return self.ended_on is None


class Network(models.Model):
    """Organisations that work together, such as the care network of a district."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=160)
    description = models.TextField(_("what it is for"), blank=True)
    areas = models.ManyToManyField(
        Area, verbose_name=_("where it works"), related_name="+", blank=True
    )
    organisations = models.ManyToManyField(
        Organisation,
        verbose_name=_("who takes part"),
        through="Membership",
        related_name="networks",
    )
    invented = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("since"))
    ended_on = models.DateField(_("stopped on"), null=True, blank=True)

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        constraints = [
            models.UniqueConstraint(Lower("name"), name="network_name_unique"),
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An organisation takes part in a network, from when until when."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("taking part in a network")
        verbose_name_plural = _("taking part in networks")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organisation"],
                condition=Q(until__isnull=True),
                name="membership_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="membership_ends_after_it_began",
            ),
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.network_id}"


class Delegate(models.Model):
    """Somebody with an account who may act for an organisation, given by whom."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="delegates",
    )
    user = models.ForeignKey(
        User, verbose_name=_("who"), on_delete=models.CASCADE, related_name="+"
    )
    given_at = models.DateTimeField(_("since"))
    given_by = models.UUIDField(_("given by"))
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(ended_at__isnull=True),
                name="delegate_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("given_at")),
                name="delegate_ends_after_it_began",
            ),
        ]

    class Privacy:
        personal = True
        purpose = "Know who may change what an organisation shows, and who did at any moment."
        basis = "AVG art. 6(1)(b): agreement with the organisation"
        controller = "joint"
        arrangement = "The organisation names its delegates; the municipality keeps the accounts."
        keep = timedelta(days=2 * 365)
        keep_from = "ended_at"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)
