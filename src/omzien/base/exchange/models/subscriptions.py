"""Calendars of organisations that are read again and again."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from omzien.base.network.models import Organisation


class Subscription(models.Model):
    """The address of a calendar of an organisation, and how reading it went."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )
    address = models.URLField(_("address of the calendar"), max_length=400)
    # What the source of its offers is called; two calendars never share one.
    source_name = models.CharField(_("comes from"), max_length=120, unique=True)
    since = models.DateTimeField(_("since"))
    stopped_at = models.DateTimeField(_("stopped on"), null=True, blank=True)

    # When it is read again, and how often in a row that went wrong.
    next_at = models.DateTimeField(_("next time"))
    failures = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(_("asked last"), null=True, blank=True)
    read_at = models.DateTimeField(_("read last"), null=True, blank=True)
    # The name of what went wrong the last time, and the words it is about; empty: nothing.
    problem = models.CharField(max_length=60, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    # By which the server of the calendar knows what we read.
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)

    taken = models.PositiveIntegerField(_("taken over"), default=0)
    left_out = models.PositiveIntegerField(_("left out"), default=0)
    # What was refused or needs a look: at most so many that a page can show them.
    remarks = models.JSONField(default=list, blank=True)
    more_remarks = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("subscribed calendar")
        verbose_name_plural = _("subscribed calendars")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "address"], name="subscription_once_per_organisation"
            ),
            models.UniqueConstraint(
                fields=["address"],
                condition=Q(stopped_at__isnull=True),
                name="subscription_address_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(source_name=""), name="subscription_names_its_source"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=Q(stopped_at__isnull=True),
                name="subscription_by_next_time",
            )
        ]

    class Privacy:
        # What an organisation itself makes public; entries marked as private are not read.
        personal = False

    def __str__(self) -> str:
        return self.source_name

    @property
    def active(self) -> bool:
        return self.stopped_at is None

    def key_of(self, number: str) -> uuid.UUID:
        """Return the key of the offer that has this number in the calendar."""
        return uuid.uuid5(self.key, number)
