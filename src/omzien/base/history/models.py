"""The one table of history: a change of a public record."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """One change of a public record: the fields that changed, as they were and as they became."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    subject_type = models.CharField(_("kind of record"), max_length=80)
    subject_key = models.UUIDField(_("record"))
    at = models.DateTimeField(_("when"))
    actor_key = models.UUIDField(_("by"))
    actor_role = models.CharField(_("in the role of"), max_length=40)
    before = models.JSONField(_("as it was"), encoder=DjangoJSONEncoder)
    after = models.JSONField(_("as it became"), encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="revision_changes_something"
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_key", "-at"], name="revision_of_record")
        ]

    class Privacy:
        personal = True
        # The records are public; only the key of who changed them points to a person.
        fields = {
            "subject_type": "keep",
            "actor_role": "keep",
            "before": "keep",
            "after": "keep",
        }
        purpose = "See what changed in a public record and take a mistake back."
        basis = "AVG art. 6(1)(e): a true social map"
        controller = "municipality"
        arrangement = "Organisations see the history of their own records."
        keep = timedelta(days=5 * 365)
        keep_from = "at"
        erase = "delete"

    def __str__(self) -> str:
        return f"{self.subject_type} {self.at:%Y-%m-%d %H:%M}"
