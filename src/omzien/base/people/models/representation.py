"""Who may speak for somebody else, as what, on which authority, and until when."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from omzien.base.people.fields import PersonalTextField
from omzien.base.people.models.participant import Identity
from omzien.base.privacy.fields import EncryptedTextField

if TYPE_CHECKING:
    from datetime import date


class RepresentativeKind(models.TextChoices):
    CARER = "carer", _("informal carer")
    CURATOR = "curator", _("curator (appointed by the court, for everything)")
    ADMINISTRATOR = "administrator", _("administrator (appointed by the court, for money only)")
    MENTOR = "mentor", _("mentor (appointed by the court, for care)")
    PROXY = "proxy", _("proxy (with a written mandate)")


class Authority(models.TextChoices):
    """What was seen or heard; the paper itself is never kept."""

    SAID_SO = "said_so", _("the person said so")
    MANDATE = "mandate", _("a signed mandate was seen")
    COURT_ORDER = "court_order", _("the order of the court was seen")
    REGISTER = "register", _("found in the public register (CCBR)")


BY_THE_COURT = (
    RepresentativeKind.CURATOR,
    RepresentativeKind.ADMINISTRATOR,
    RepresentativeKind.MENTOR,
)
COURT_PROOF = (Authority.COURT_ORDER, Authority.REGISTER)


class Representation(models.Model):
    """Somebody who may speak for a participant, from one day until another."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    identity = models.ForeignKey(
        Identity,
        verbose_name=_("for whom"),
        on_delete=models.CASCADE,
        related_name="representations",
    )
    kind = models.CharField(_("as what"), max_length=14, choices=RepresentativeKind)
    authority = models.CharField(_("on which authority"), max_length=12, choices=Authority)
    name = PersonalTextField(_("name"))
    phone = EncryptedTextField(_("phone"), blank=True)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    recorded_by = models.UUIDField(_("recorded by"))

    class Meta:
        verbose_name = _("representation")
        verbose_name_plural = _("representations")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="representation_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BY_THE_COURT, authority__in=COURT_PROOF)
                | Q(kind=RepresentativeKind.PROXY, authority=Authority.MANDATE)
                | Q(
                    kind=RepresentativeKind.CARER,
                    authority__in=[Authority.SAID_SO, Authority.MANDATE],
                ),
                name="representation_has_the_authority_it_needs",
            ),
            # Whoever is not appointed by the court is asked again after a while.
            models.CheckConstraint(
                condition=Q(kind__in=BY_THE_COURT) | Q(valid_until__isnull=False),
                name="representation_by_word_or_mandate_has_an_end",
            ),
        ]

    class Privacy:
        personal = True
        purpose = "Know whom we may speak with on behalf of somebody, and whom not."
        basis = "AVG art. 6(1)(e); BW 1:381, 1:441, 1:453 and 3:60: representation"
        controller = "municipality"
        arrangement = "Goes with the identity of the person who is represented."
        keep = timedelta(days=365)
        keep_from = "valid_until"
        erase = "delete"

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def is_valid(self, *, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)
