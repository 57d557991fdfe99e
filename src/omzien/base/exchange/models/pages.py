"""The events of a web page on their way in: kept for a day between the steps."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from omzien.base.privacy.fields import EncryptedTextField


class PageDraft(models.Model):
    """Events of a page that somebody handed in and has not taken in yet; gone after a day."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    by = models.UUIDField(_("handed in by"))
    at = models.DateTimeField(_("when"))
    # What programs were told on the page, as JSON; encrypted, since a page may hold anything.
    events = EncryptedTextField(_("events"))
    # Empty: the organiser that each event names.
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    source_name = models.CharField(_("comes from"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("web page on its way in")
        verbose_name_plural = _("web pages on their way in")

    class Privacy:
        personal = True
        purpose = "Show what the events of a web page would change before they are taken in."
        basis = "AVG art. 6(1)(e): a true social map"
        controller = "municipality"
        arrangement = "Seen by who handed it in only."
        keep = timedelta(days=1)
        keep_from = "at"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)
