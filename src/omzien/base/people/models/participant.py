"""Participants, and apart from them who they are."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from omzien.base.people.fields import PersonalTextField
from omzien.base.places.models import Area
from omzien.base.privacy.fields import EncryptedTextField


class Participant(models.Model):
    """Somebody who takes part, as a key and a neighbourhood: nothing that names them."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(
        Area,
        verbose_name=_("neighbourhood"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    registered_at = models.DateTimeField(_("registered on"))

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    class Privacy:
        personal = True
        purpose = "Count what was done for how many people and where, without knowing for whom."
        basis = "AVG art. 6(1)(e) with Wmo 2015 art. 2.1.2: public task"
        controller = "municipality"
        arrangement = "A number only; anonymous from the night that the identity goes."
        keep = timedelta(days=10 * 365)
        keep_from = "registered_at"
        erase = "elsewhere"

    def __str__(self) -> str:
        return str(self.key)


class Identity(models.Model):
    """Who a participant is, and the key to what is written about them; deleting it erases them."""

    participant = models.OneToOneField(
        Participant,
        verbose_name=_("participant"),
        on_delete=models.PROTECT,
        related_name="identity",
    )
    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    salutation = PersonalTextField(_("form of address"), blank=True)
    first_name = PersonalTextField(_("first name"), blank=True)
    surname = PersonalTextField(_("surname"))
    street = PersonalTextField(_("street"))
    house_number = PersonalTextField(_("house number"))
    postcode = PersonalTextField(_("postcode"), blank=True)
    town = PersonalTextField(_("town"), blank=True)
    phone = EncryptedTextField(_("phone"), blank=True)
    email = PersonalTextField(_("e-mail address"), blank=True)
    birth_year = EncryptedTextField(_("year of birth"), blank=True)
    letter_code = EncryptedTextField(_("code on letters"))
    # A key of this person's own, itself encrypted with the key ring of the municipality. What
    # other tables keep about this person is sealed with it, and unreadable once it is gone.
    data_key = EncryptedTextField(_("data key"))
    last_contact_on = models.DateField(_("last contact on"))

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")

    class Privacy:
        personal = True
        purpose = "Write to, phone and visit somebody who takes part."
        basis = "AVG art. 6(1)(e) with Wmo 2015 art. 2.1.2: public task"
        controller = "municipality"
        arrangement = "Organisations that visit are processors or joint controllers (AVG 26, 28)."
        keep = timedelta(days=2 * 365)
        keep_from = "last_contact_on"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)

    @property
    def name(self) -> str:
        """Return the name as one addresses an envelope."""
        return " ".join(part for part in (self.salutation, self.first_name, self.surname) if part)

    @property
    def address(self) -> str:
        return f"{self.street} {self.house_number}"


class LookupKind(models.TextChoices):
    LETTER_CODE = "letter_code", _("code on letters")
    NAME_AND_STREET = "name_street", _("surname and street")
    PHONE = "phone", _("phone")


class Lookup(models.Model):
    """A keyed hash by which somebody is found; without the key it says nothing."""

    identity = models.ForeignKey(
        Identity, verbose_name=_("identity"), on_delete=models.CASCADE, related_name="lookups"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=LookupKind)
    digest = models.CharField(_("keyed hash"), max_length=64)

    class Meta:
        verbose_name = _("lookup")
        verbose_name_plural = _("lookups")
        indexes = [models.Index(fields=["digest"], name="lookup_by_digest")]
        constraints = [
            models.UniqueConstraint(
                fields=["identity", "kind", "digest"], name="lookup_once_per_identity"
            ),
            models.UniqueConstraint(
                fields=["digest"],
                condition=Q(kind=LookupKind.LETTER_CODE),
                name="letter_code_belongs_to_one_person",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=LookupKind.values), name="lookup_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="lookup_is_a_hash"
            ),
        ]

    class Privacy:
        personal = True
        scrub = "empty"
        purpose = "Find somebody who phones without keeping a readable list of everybody."
        basis = "AVG art. 6(1)(e), 25 and 32: data protection by design"
        controller = "municipality"
        arrangement = "Goes with the identity."
        keep = timedelta(days=2 * 365)
        keep_from = "identity__last_contact_on"
        erase = "delete"

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:8]}"
