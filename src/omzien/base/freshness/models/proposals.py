"""A change that somebody else must look at first."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models import Offer


class Proposal(models.Model):
    """What an owner wants to change of a record, until an editor says yes or no."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    offer = models.ForeignKey(
        Offer, verbose_name=_("offer"), on_delete=models.CASCADE, related_name="+"
    )
    # Fields, location, schedule and closed days: see freshness.queries.changes.
    changes = models.JSONField(_("what changes"), encoder=DjangoJSONEncoder)
    made_at = models.DateTimeField(_("made on"))
    made_by = models.UUIDField(_("made by"))
    made_role = models.CharField(_("in the role of"), max_length=40)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.UUIDField(_("decided by"), null=True, blank=True)
    approved = models.BooleanField(_("approved"), null=True, blank=True)
    reason = models.CharField(_("why not"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    decided_at__isnull=True, decided_by__isnull=True, approved__isnull=True
                )
                | Q(decided_at__isnull=False, decided_by__isnull=False, approved__isnull=False),
                name="proposal_is_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(approved=False) | ~Q(reason=""),
                name="proposal_is_declined_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["offer"],
                condition=Q(decided_at__isnull=True),
                name="proposal_open_once_an_offer",
            ),
        ]

    class Privacy:
        personal = True
        # What an organisation wants to show everybody; only who asked points to a person.
        fields = {"changes": "keep", "made_role": "keep", "reason": "blank"}
        purpose = "Let an editor look at a change before everybody does, and answer who made it."
        basis = "AVG art. 6(1)(e): a true social map"
        controller = "joint"
        arrangement = "The organisation proposes; the municipality decides and answers."
        keep = timedelta(days=365)
        keep_from = "decided_at"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)
