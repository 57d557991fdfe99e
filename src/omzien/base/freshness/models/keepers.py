"""Who keeps a record true, and how often it is looked at."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from omzien.base.accounts.models import User
from omzien.base.catalogue.models import Kind, Offer
from omzien.base.network.models import Organisation
from omzien.base.people.fields import PersonalTextField
from omzien.base.places.models import Area
from omzien.base.privacy.fields import EncryptedTextField


class Part(models.TextChoices):
    """What a keeper does for a record."""

    OWNER = "owner", _("owner: knows whether it is still true")
    CHECKER = "checker", _("checker: looks whether the owner does")
    HOST = "host", _("host: says how many people came")


class Reach(models.TextChoices):
    MAIL = "mail", _("by e-mail")
    PHONE = "phone", _("by telephone")


class Keeper(models.Model):
    """Somebody who keeps one offer, all of an organisation, or what is in an area."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    offer = models.ForeignKey(
        Offer,
        verbose_name=_("offer"),
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
    )
    area = models.ForeignKey(
        Area,
        verbose_name=_("district or neighbourhood"),
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
    )
    part = models.CharField(_("does what"), max_length=7, choices=Part)
    user = models.ForeignKey(
        User,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
    )
    # Of somebody without an account.
    name = PersonalTextField(_("name"), blank=True)
    email = EncryptedTextField(_("e-mail address"), blank=True)
    phone = EncryptedTextField(_("telephone"), blank=True)
    reach = models.CharField(_("how to reach"), max_length=5, choices=Reach, default=Reach.MAIL)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("keeper")
        verbose_name_plural = _("keepers")
        constraints = [
            models.CheckConstraint(
                condition=Q(offer__isnull=False, organisation__isnull=True, area__isnull=True)
                | Q(offer__isnull=True, organisation__isnull=False, area__isnull=True)
                | Q(offer__isnull=True, organisation__isnull=True, area__isnull=False),
                name="keeper_keeps_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=True) | Q(part=Part.CHECKER),
                name="keeper_of_an_area_is_a_checker",
            ),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="keeper_part_is_known"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) ^ ~Q(name=""), name="keeper_is_somebody"
            ),
            models.CheckConstraint(
                condition=Q(reach=Reach.PHONE) & ~Q(phone="")
                | Q(reach=Reach.MAIL) & (Q(user__isnull=False) | ~Q(email="")),
                name="keeper_can_be_reached",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="keeper_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["offer", "organisation", "area", "part", "user"],
                condition=Q(until__isnull=True, user__isnull=False),
                nulls_distinct=False,
                name="keeper_once_at_a_time",
            ),
        ]

    class Privacy:
        personal = True
        fields = {"part": "keep", "reach": "keep"}
        purpose = "Ask whoever knows whether a public record is still true."
        basis = "AVG art. 6(1)(e): a true social map"
        controller = "joint"
        arrangement = "The organisation says who; the municipality asks and keeps it to itself."
        keep = timedelta(days=365)
        keep_from = "until"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)


class CheckRhythm(models.Model):
    """After how many months a record of one kind is looked at again; empty: never."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, unique=True)
    months = models.PositiveSmallIntegerField(_("after how many months"), null=True, blank=True)

    class Meta:
        verbose_name = _("rhythm")
        verbose_name_plural = _("rhythms")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="rhythm_kind_is_known"),
            models.CheckConstraint(
                condition=Q(months__isnull=True) | Q(months__range=(1, 60)),
                name="rhythm_is_sensible",
            ),
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return self.kind
