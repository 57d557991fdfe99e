"""What a double record became part of, so that its address still leads somewhere."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models import Offer


class Merged(models.Model):
    """An offer that was put together with another: its key, its address, and where it went."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    old_key = models.UUIDField(_("record it was"), unique=True)
    old_slug = models.SlugField(_("short name it had"), max_length=100, unique=True)
    into = models.ForeignKey(
        Offer, verbose_name=_("is now part of"), on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("merged record")
        verbose_name_plural = _("merged records")

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return f"{self.old_slug} → {self.into_id}"
