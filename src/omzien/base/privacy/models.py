"""What is declared about personal data, the proof that it was erased, and breaking the glass."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from omzien.base.journal.models import as_utc
from omzien.base.privacy.fields import EncryptedTextField

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

CONTROLLERS = ("municipality", "organisation", "joint")
ERASURES = ("delete", "anonymise", "drop_partition", "elsewhere")
DEMANDED = ("purpose", "basis", "controller", "arrangement", "erase")


@dataclass(frozen=True)
class Declaration:
    """What a table holds about people, why, on what basis, for whom, how long, and its end.

    `keep_from` is the date field from which `keep` counts; it may run over relations, such as
    `user__left_at`. `anonymise` maps a field to what takes its place (`{pk}` becomes the number of
    the row). `fields` says what a scrubbed dump does with a field: "keep", "blank" or "fake";
    `scrub` "empty" leaves the table's rows out altogether. With `erase` "elsewhere" the
    `arrangement` says who erases.
    """

    table: str
    personal: bool
    purpose: str = ""
    basis: str = ""
    controller: str = ""
    arrangement: str = ""
    keep: timedelta | None = None
    keep_from: str = ""
    erase: str = ""
    anonymise: Mapping[str, str | None] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    scrub: str = "fields"
    # Is there in a demo database only.
    demo_only: bool = False

    def faults(self) -> Iterator[str]:
        """Yield what is missing or wrong, in words for a developer."""
        if not self.personal:
            return
        missing = [name for name in DEMANDED if not str(getattr(self, name)).strip()]
        yield from (f"{self.table}: {name} is missing" for name in missing)
        if self.controller not in CONTROLLERS:
            yield f"{self.table}: controller is not one of {', '.join(CONTROLLERS)}"
        if self.erase not in ERASURES:
            yield f"{self.table}: erase is not one of {', '.join(ERASURES)}"
        if self.keep is None or (not self.keep_from and self.erase != "elsewhere"):
            yield f"{self.table}: says not how long it is kept, or from which date"
        if self.erase == "anonymise" and not self.anonymise:
            yield f"{self.table}: is anonymised, but anonymise = {{…}} names no field"


class ErasureProof(models.Model):
    """How many rows of a table one night ended, signed and chained to the proof before."""

    table = models.CharField(_("table"), max_length=80)
    erase = models.CharField(_("how"), max_length=20)
    rows = models.PositiveIntegerField(_("rows"))
    # Rows whose date lies before this moment were past their term.
    until = models.DateTimeField(_("with a date before"))
    run_at = models.DateTimeField(_("erased on"))
    signature = models.CharField(_("signature"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("proof of erasure")
        verbose_name_plural = _("proofs of erasure")
        ordering = ["id"]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return f"{self.table} {self.run_at:%Y-%m-%d} {self.rows}"

    @property
    def signed(self) -> tuple[str, ...]:
        """Return what the signature vouches for."""
        moments = as_utc(self.until), as_utc(self.run_at)
        return (self.table, self.erase, str(self.rows), *moments)


class Emergency(models.TextChoices):
    """Why the glass may be broken: a closed list."""

    DANGER = "danger", _("Somebody is in danger")
    NOBODY_THERE = "nobody_there", _("Nobody who may open the dossier can be reached")
    COURT = "court", _("A judge or the police demands it by law")
    RIGHTS = "rights", _("The person asks for their own data")


class BreakGlass(models.Model):
    """Opening one dossier in an emergency: asked by one person, allowed by another, for a day."""

    LONGEST = timedelta(hours=24)

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    controller = models.CharField(_("controller"), max_length=60)
    subject_key = models.UUIDField(_("dossier"))
    reason = models.CharField(_("why"), max_length=20, choices=Emergency.choices)
    explanation = EncryptedTextField(_("what is going on"), controller_of="controller")
    requested_by = models.UUIDField(_("asked by"))
    requested_at = models.DateTimeField(_("asked on"))
    approved_by = models.UUIDField(_("allowed by"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened on"), null=True, blank=True)
    ends_at = models.DateTimeField(_("closes on"), null=True, blank=True)

    class Meta:
        verbose_name = _("opening in an emergency")
        verbose_name_plural = _("openings in an emergency")
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=Emergency.values), name="glass_reason_is_in_the_list"
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("requested_by")), name="glass_needs_two_people"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, opened_at__isnull=True, ends_at__isnull=True)
                | Q(approved_by__isnull=False, opened_at__isnull=False, ends_at__isnull=False),
                name="glass_is_shut_until_it_is_allowed",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("opened_at"))
                & Q(ends_at__lte=F("opened_at") + timedelta(hours=24)),
                name="glass_is_open_for_a_day_at_most",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__gte=F("requested_at")), name="glass_opens_after_it_is_asked"
            ),
        ]

    class Privacy:
        personal = True
        purpose = "Open a dossier in an emergency, and account for it afterwards."
        basis = "AVG art. 6(1)(d) vital interests, 6(1)(c) with art. 32"
        controller = "joint"
        arrangement = "The controller of the dossier decides; the municipality keeps the list."
        keep = timedelta(days=5 * 365)
        keep_from = "requested_at"
        erase = "delete"

    def __str__(self) -> str:
        return f"{self.controller} {self.subject_key}"

    def is_open(self, now: datetime) -> bool:
        if self.opened_at is None or self.ends_at is None:
            return False
        return self.opened_at <= now < self.ends_at
