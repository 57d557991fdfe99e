"""A spreadsheet on its way in: kept for a day between the steps."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from omzien.base.privacy.fields import EncryptedTextField


class SheetDraft(models.Model):
    """A table that somebody handed in and has not taken in yet; gone after a day."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    by = models.UUIDField(_("handed in by"))
    at = models.DateTimeField(_("when"))
    file_name = models.CharField(_("file"), max_length=200)
    # The columns and rows as JSON; encrypted, since a list of somebody may hold anything.
    table = EncryptedTextField(_("table"))
    source_name = models.CharField(_("comes from"), max_length=120, blank=True)
    meanings = models.JSONField(_("what the columns mean"), default=dict)

    class Meta:
        verbose_name = _("spreadsheet on its way in")
        verbose_name_plural = _("spreadsheets on their way in")

    class Privacy:
        personal = True
        fields = {"meanings": "keep"}
        purpose = "Show what a spreadsheet would change before it is taken in."
        basis = "AVG art. 6(1)(e): a true social map"
        controller = "municipality"
        arrangement = "Seen by who handed it in only."
        keep = timedelta(days=1)
        keep_from = "at"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)
