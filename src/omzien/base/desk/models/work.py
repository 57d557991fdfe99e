"""What every kind of open work has, whichever line it belongs to."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from omzien.base.desk.models.duty import OnDuty

if TYPE_CHECKING:
    from omzien.base.people.models import Participant


class OwnedWork(models.Model):
    """Work that is open and has an owner who is on duty, or closed and has none.

    A line inherits this for a kind of work of its own; work lists, absence and spreadsheets
    then find it by themselves. Add `participant` (a foreign key to people.Participant), `title`
    and `get_absolute_url`, and put the constraints of `Meta` in the migration.
    """

    # Relations that a work list reads along, so that title and name of a row ask nothing more.
    READ_ALONG: ClassVar[tuple[str, ...]] = ()

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        OnDuty,
        verbose_name=_("owner"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    opened_at = models.DateTimeField(_("since"))
    due_on = models.DateField(_("no later than"))
    closed_at = models.DateTimeField(_("done on"), null=True, blank=True)
    closed_by = models.UUIDField(_("done by"), null=True, blank=True)
    # Sealed with the key of the person it is about: see people.queries.participants.seal.
    sealed_note = models.TextField(_("note"), blank=True)

    # Work that ends with the answer of a person cannot be ticked off in a list.
    ends_with_an_answer = False

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False, closed_at__isnull=True, closed_by__isnull=True)
                | Q(owner__isnull=True, closed_at__isnull=False, closed_by__isnull=False),
                name="%(class)s_is_owned_while_open",
            ),
            models.CheckConstraint(
                condition=Q(sealed_note="") | Q(sealed_note__regex=r"^([a-z]+/[0-9]+:)?gAAAA"),
                name="%(class)s_note_is_sealed",
            ),
        ]

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    @property
    def about(self) -> Participant | None:
        """Return whom the work is about, where it is about one person."""
        return getattr(self, "participant", None)

    @property
    def title(self) -> str:
        """Return in a few words, without a name, what is to be done next."""
        raise NotImplementedError
