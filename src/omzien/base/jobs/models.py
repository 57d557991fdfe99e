"""What went wrong with a job. The jobs themselves stand in Procrastinate's tables."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fault(models.Model):
    """One failure of a job: when, which kind of error and where in the code; no data."""

    # No foreign key: Procrastinate's table is not ours, and a fault may outlive its job.
    job = models.BigIntegerField(_("job"), db_index=True)
    name = models.CharField(_("name"), max_length=128)
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("kind of error"), max_length=80)
    place = models.CharField(_("where in the code"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("fault of a job")
        verbose_name_plural = _("faults of jobs")

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return f"{self.name} {self.kind}"
