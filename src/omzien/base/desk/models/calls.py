"""Who called about whom, and what was promised."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omzien.base.desk.models.work import OwnedWork
from omzien.base.people.fields import PersonalTextField
from omzien.base.people.models import Participant, Representation


class CallerKind(models.TextChoices):
    SELF = "self", _("the person themselves")
    CARER = "carer", _("informal carer")
    LEGAL = "legal", _("legal representative")
    PROXY = "proxy", _("proxy with a mandate")
    OTHER = "other", _("somebody else")


class Reason(models.TextChoices):
    """Why a record is opened: a code in the journal."""

    CALLER = "desk.caller", _("somebody calls")
    CALLS_BACK = "desk.calls_back", _("I call back")
    LETTER = "desk.letter", _("a letter or reply card came in")
    QUESTION = "desk.question", _("a colleague asks")
    RIGHTS = "desk.rights", _("somebody wants to see, change or erase their data")


REPRESENTED = (CallerKind.CARER, CallerKind.LEGAL, CallerKind.PROXY)


class Call(models.Model):
    """Somebody called, or was called: about whom, as what, and why the record was opened."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(
        Participant, verbose_name=_("about"), on_delete=models.PROTECT, related_name="+"
    )
    caller_kind = models.CharField(_("who calls"), max_length=6, choices=CallerKind)
    # Empty again once the person it speaks for was erased.
    representation = models.ForeignKey(
        Representation,
        verbose_name=_("on which authority"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    reason = models.CharField(_("why"), max_length=20, choices=Reason)
    at = models.DateTimeField(_("when"))
    by = models.UUIDField(_("answered by"))

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(
                condition=Q(representation__isnull=True) | Q(caller_kind__in=REPRESENTED),
                name="call_authority_belongs_to_a_representative",
            ),
            models.CheckConstraint(
                condition=Q(caller_kind__in=CallerKind.values), name="call_caller_is_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=Reason.values), name="call_reason_is_known"
            ),
        ]

    class Privacy:
        personal = True
        purpose = "Show who was spoken with about somebody, as what, and on which authority."
        basis = "AVG art. 6(1)(e) and 32: public task, careful disclosure"
        controller = "municipality"
        arrangement = "Without the identity it says only that there was a call."
        keep = timedelta(days=365)
        keep_from = "at"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)


class CallBack(OwnedWork):
    """A promise to call somebody back, before a day."""

    participant = models.ForeignKey(
        Participant,
        verbose_name=_("about"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    # Only for a caller whom we do not know: name and number.
    whom = PersonalTextField(_("who, and on which number"), blank=True)

    class Meta(OwnedWork.Meta):
        verbose_name = _("call-back")
        verbose_name_plural = _("call-backs")
        constraints = [
            *OwnedWork.Meta.constraints,
            models.CheckConstraint(
                condition=Q(participant__isnull=False) ^ ~Q(whom=""),
                name="callback_is_about_somebody",
            ),
        ]

    class Privacy:
        personal = True
        purpose = "Keep the promise to call somebody back."
        basis = "AVG art. 6(1)(e): public task"
        controller = "municipality"
        arrangement = "The note is sealed with the key of the person it is about."
        keep = timedelta(days=90)
        keep_from = "closed_at"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)

    def get_absolute_url(self) -> str:
        return reverse("desk:call_back", args=[self.key])

    @property
    def title(self) -> str:
        return str(_("Call back"))
