"""The journal's one table, and the actor that every action names."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import datetime

# Keys of what acts by itself (jobs, commands) are derived from its name, so they never change.
SYSTEM_NAMESPACE = uuid.UUID("5f3f8a3e-6a0f-4f0c-9a9e-3d5a7c1f0b62")


@dataclass(frozen=True)
class Actor:
    """Who acts, and in which role: a person's key, or the key of a part of the system."""

    key: uuid.UUID
    role: str

    @classmethod
    def system(cls, name: str) -> Actor:
        """Return the actor for a job or command, such as `Actor.system("erasure")`."""
        return cls(key=uuid.uuid5(SYSTEM_NAMESPACE, name), role=f"system.{name}")


class Subject(Protocol):
    """Anything that can be written about: a model with a lasting key."""

    @property
    def key(self) -> uuid.UUID: ...

    @property
    def _meta(self) -> models.options.Options[Any]: ...


class ViewReason(models.TextChoices):
    """Why somebody opens what is kept about a person: a closed list."""

    PREPARE = "view.prepare", _("To prepare an appointment")
    APPOINTMENT = "view.appointment", _("During or right after an appointment")
    FOLLOW_UP = "view.follow_up", _("To follow up what was asked")
    PHONE = "view.phone", _("The person, or somebody on their behalf, is on the phone")
    MATCH = "view.match", _("To find somebody who suits")
    CORRECT = "view.correct", _("To correct a mistake")
    QUALITY = "view.quality", _("A sample to check how we work")
    RIGHTS = "view.rights", _("The person asks to see, mend or erase their data")
    EMERGENCY = "view.emergency", _("An emergency: the glass was broken")


class Entry(models.Model):
    """One thing that happened: by whom, to which record, why."""

    at = models.DateTimeField(_("when"))
    actor_key = models.UUIDField(_("by"))
    actor_role = models.CharField(_("in the role of"), max_length=40)
    verb = models.CharField(_("what"), max_length=80)
    subject_type = models.CharField(_("kind of record"), max_length=80, blank=True)
    subject_key = models.UUIDField(_("record"), null=True)
    reason = models.CharField(_("why"), max_length=60, blank=True)

    class Meta:
        # Partitioned by month: the table is made by SQL in the first migration.
        managed = False
        db_table = "journal_entry"
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")

    class Privacy:
        personal = True
        purpose = "Show who did what with which record, also to the person it is about."
        basis = "AVG art. 6(1)(c) with art. 5(2) and 32: accountability and security"
        controller = "municipality"
        arrangement = "The municipality keeps the journal for all controllers (AVG art. 26)."
        keep = timedelta(days=5 * 365)
        keep_from = "at"
        erase = "drop_partition"
        # Codes, no words of people: a scrubbed dump may keep them.
        fields = {
            "actor_role": "keep",
            "verb": "keep",
            "subject_type": "keep",
            "reason": "keep",
        }

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.at:%Y-%m-%d %H:%M}"


class MonthProof(models.Model):
    """The line that a month of the journal leaves when its term is over, signed and chained."""

    month = models.DateField(_("month"), unique=True)
    entries = models.PositiveBigIntegerField(_("entries"))
    # SHA-256 of all entries: a copy that turns up can be recognised, nothing can be read from it.
    digest = models.CharField(_("fingerprint"), max_length=64)
    dropped_at = models.DateTimeField(_("erased on"))
    signature = models.CharField(_("signature"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("proof of an erased month")
        verbose_name_plural = _("proofs of erased months")
        ordering = ["id"]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.entries}"

    @property
    def signed(self) -> tuple[str, ...]:
        """Return what the signature vouches for."""
        return (
            self.month.isoformat(),
            str(self.entries),
            self.digest,
            as_utc(self.dropped_at),
        )


def as_utc(moment: datetime) -> str:
    """Write a moment in one way, whatever time zone it came in."""
    return moment.astimezone(UTC).isoformat()
