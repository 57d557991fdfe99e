"""Locations where something happens, and rooms in them that others may use."""

from __future__ import annotations

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from omzien.base.network.models import Organisation
from omzien.base.places.models import Area


class LocationKind(models.TextChoices):
    PHYSICAL = "physical", _("an address or a spot outdoors")
    ONLINE = "online", _("online")


class Location(models.Model):
    """An address, a spot outdoors, or an online room; what it is like to get in."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=160)
    folded_name = models.CharField(max_length=160, editable=False)
    kind = models.CharField(
        _("kind"), max_length=8, choices=LocationKind, default=LocationKind.PHYSICAL
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("whose it is"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    area = models.ForeignKey(
        Area,
        verbose_name=_("neighbourhood"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    # RD New, metres.
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    # Unknown is something else than no.
    step_free = models.BooleanField(_("no steps"), null=True, blank=True)
    wheelchair_toilet = models.BooleanField(_("wheelchair toilet"), null=True, blank=True)
    hearing_loop = models.BooleanField(_("hearing loop"), null=True, blank=True)
    directions = models.TextField(_("how to get there"), blank=True)
    invented = models.BooleanField(default=False)
    changed_at = models.DateTimeField(_("changed on"))
    ended_on = models.DateField(_("no longer used from"), null=True, blank=True)

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=LocationKind.values), name="location_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^[1-9][0-9]{3}([A-Z]{2})?$"),
                name="location_postcode_is_dutch",
            ),
            models.CheckConstraint(
                condition=Q(x__isnull=True, y__isnull=True)
                | Q(x__isnull=False, y__isnull=False)
                & Q(x__range=(-10_000, 300_000), y__range=(290_000, 640_000)),
                name="location_lies_in_the_rd_grid",
            ),
            models.CheckConstraint(
                condition=Q(kind=LocationKind.PHYSICAL) | Q(x__isnull=True, street=""),
                name="location_online_has_no_address",
            ),
        ]
        indexes = [
            GinIndex(fields=["folded_name"], opclasses=["gin_trgm_ops"], name="location_by_name"),
        ]

    class Privacy:
        # Open to others; a person's home is never one.
        personal = False

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room in a location that others may use: for how many, when, and how to ask for it."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    location = models.ForeignKey(
        Location, verbose_name=_("location"), on_delete=models.CASCADE, related_name="rooms"
    )
    name = models.CharField(_("name"), max_length=120)
    people = models.PositiveSmallIntegerField(_("for how many people"), null=True, blank=True)
    when = models.CharField(_("when it is free"), max_length=300, blank=True)
    for_whom = models.CharField(_("who may use it"), max_length=300, blank=True)
    price_note = models.CharField(_("what it costs"), max_length=200, blank=True)
    ask = models.CharField(_("how to ask for it"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.UniqueConstraint(fields=["location", "name"], name="room_once_per_location"),
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return self.name
