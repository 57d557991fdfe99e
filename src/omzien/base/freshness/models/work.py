"""Work that somebody here must do for a record to stay true."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models import Offer
from omzien.base.desk.models import OwnedWork
from omzien.base.people.fields import PersonalTextField


class Wrong(models.TextChoices):
    """What a visitor says is not right."""

    TIME = "time", _("the day or the time")
    PLACE = "place", _("the place")
    PRICE = "price", _("the price")
    CONTACT = "contact", _("the telephone, mail or website")
    STOPPED = "stopped", _("it does not exist any more")
    OTHER = "other", _("something else")


class Outcome(models.TextChoices):
    """What became of a report."""

    MENDED = "mended", _("it was wrong, and is mended")
    RIGHT = "right", _("it was right after all")
    STOPPED = "stopped", _("it has stopped")
    UNCLEAR = "unclear", _("nobody knows")


class WrongReport(OwnedWork):
    """A visitor says that something in a record is wrong; of the visitor nothing is kept."""

    READ_ALONG: ClassVar[tuple[str, ...]] = ("offer",)

    offer = models.ForeignKey(
        Offer, verbose_name=_("offer"), on_delete=models.CASCADE, related_name="+"
    )
    what = models.CharField(_("what is wrong"), max_length=7, choices=Wrong)
    # A visitor may name somebody, although nobody asks for it.
    said = PersonalTextField(_("in their words"), blank=True)
    times = models.PositiveSmallIntegerField(_("how often it was said"), default=1)
    outcome = models.CharField(_("what became of it"), max_length=7, choices=Outcome, blank=True)

    class Meta(OwnedWork.Meta):
        verbose_name = _("report of a mistake")
        verbose_name_plural = _("reports of mistakes")
        constraints = [
            *OwnedWork.Meta.constraints,
            models.CheckConstraint(
                condition=Q(what__in=Wrong.values), name="wrong_report_says_what"
            ),
            models.CheckConstraint(
                condition=Q(outcome="")
                | Q(outcome__in=Outcome.values) & Q(closed_at__isnull=False),
                name="wrong_report_has_an_outcome_when_closed",
            ),
            models.UniqueConstraint(
                fields=["offer", "what"],
                condition=Q(closed_at__isnull=True),
                name="wrong_report_open_once",
            ),
        ]

    class Privacy:
        personal = True
        fields = {"what": "keep", "outcome": "keep"}
        purpose = "Mend what a visitor found wrong in a public record."
        basis = "AVG art. 6(1)(e): a true social map"
        controller = "municipality"
        arrangement = "The owner of the record reads what was said; who said it is not known."
        keep = timedelta(days=180)
        keep_from = "closed_at"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)

    def get_absolute_url(self) -> str:
        return reverse("freshness:report", args=[self.key])

    @property
    def title(self) -> str:
        return str(_("Somebody says it is wrong"))

    @property
    def whom(self) -> str:
        """Return what a work list shows where others show a person: the record."""
        return self.offer.name
