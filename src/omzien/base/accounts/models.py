"""Users and the roles they hold."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from omzien.base.accounts.roles import ROLES
from omzien.base.journal.models import Actor


class User(AbstractBaseUser):
    """Somebody who can log in."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=5, default="nl")
    is_active = models.BooleanField(_("may log in"), default=True)
    joined_at = models.DateTimeField(_("since"))
    left_at = models.DateTimeField(_("left on"), null=True, blank=True)
    # A code sent by letter to the registered address came back; passkeys made before then count.
    address_proven_at = models.DateTimeField(_("address proven on"), null=True, blank=True)
    # Who the municipality's single sign-on says this is; set at the first log-in by that way.
    sso_subject = models.CharField(_("single sign-on"), max_length=255, blank=True)

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(is_active=False),
                name="user_who_left_cannot_log_in",
            ),
            models.UniqueConstraint(
                fields=["sso_subject"],
                condition=~Q(sso_subject=""),
                name="user_single_sign_on_unique",
            ),
        ]

    class Privacy:
        personal = True
        fields = {"language": "keep"}
        purpose = "Let somebody log in and see what belongs to their role."
        basis = "AVG art. 6(1)(e) for staff and visitors, 6(1)(b) for residents and members"
        controller = "municipality"
        arrangement = "Organisations name their own staff; the municipality keeps the accounts."
        keep = timedelta(days=2 * 365)
        keep_from = "left_at"
        erase = "anonymise"
        anonymise = {
            "email": "erased-{pk}@invalid.example",
            "name": "",
            "password": "!",
            "sso_subject": "",
            "address_proven_at": None,
        }

    def __str__(self) -> str:
        return self.name or self.email

    def actor(self, role: str) -> Actor:
        return Actor(key=self.key, role=role)


class RoleAssignment(models.Model):
    """A role that somebody holds, from when, given by whom."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="assignments"
    )
    role = models.CharField(
        _("role"), max_length=30, choices=[(name, role.title) for name, role in ROLES.items()]
    )
    given_at = models.DateTimeField(_("given on"))
    given_by = models.UUIDField(_("given by"))
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("role of a user")
        verbose_name_plural = _("roles of users")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended_at__isnull=True),
                name="role_held_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(role__in=list(ROLES)), name="role_is_one_of_the_closed_list"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("given_at")),
                name="role_ends_after_it_began",
            ),
        ]

    class Privacy:
        personal = True
        purpose = "Know who may see what, now and at any moment before."
        basis = "AVG art. 6(1)(c) with art. 32: access control"
        controller = "municipality"
        arrangement = "Kept with the account."
        keep = timedelta(days=2 * 365)
        keep_from = "ended_at"
        erase = "delete"

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Invitation(models.Model):
    """Somebody who is asked to work here, in a role, until a date; the token is kept hashed."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(
        _("role"), max_length=30, choices=[(name, role.title) for name, role in ROLES.items()]
    )
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    token_hash = models.CharField(_("token, hashed"), max_length=64, unique=True)
    invited_at = models.DateTimeField(_("invited on"))
    invited_by = models.UUIDField(_("invited by"))
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "role",
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=list(ROLES)), name="invitation_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_at__lte=models.F("expires_at")),
                name="invitation_accepted_in_time",
            ),
        ]

    class Privacy:
        personal = True
        purpose = "Let somebody in who was asked to work here, and know who asked."
        basis = "AVG art. 6(1)(e)"
        controller = "municipality"
        arrangement = "Organisations name their own staff; the municipality sends the invitation."
        keep = timedelta(days=90)
        keep_from = "expires_at"
        erase = "delete"

    def __str__(self) -> str:
        return f"{self.role} {self.expires_at:%Y-%m-%d}"


class ActivationCode(models.Model):
    """A code that went by letter to a registered address; kept hashed, good for a few tries."""

    PROVE_ADDRESS = "prove_address"
    TRIES = 5

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="activation_codes"
    )
    purpose = models.CharField(
        _("purpose"), max_length=20, choices=[(PROVE_ADDRESS, _("Prove an address"))]
    )
    code_hash = models.CharField(_("code, hashed"), max_length=128)
    made_at = models.DateTimeField(_("made on"))
    expires_at = models.DateTimeField(_("valid until"))
    tries_left = models.SmallIntegerField(_("tries left"), default=TRIES)
    used_at = models.DateTimeField(_("used on"), null=True, blank=True)

    class Meta:
        verbose_name = _("activation code")
        verbose_name_plural = _("activation codes")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"],
                condition=Q(used_at__isnull=True),
                name="activation_code_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(tries_left__gte=0), name="activation_code_tries_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")),
                name="activation_code_expires_after_it_was_made",
            ),
        ]

    class Privacy:
        personal = True
        purpose = "Show that somebody reads the letters at their registered address."
        basis = "AVG art. 6(1)(c) with art. 32: access control"
        controller = "municipality"
        arrangement = "Kept with the account."
        keep = timedelta(days=90)
        keep_from = "expires_at"
        erase = "delete"

    def __str__(self) -> str:
        return f"{self.purpose} {self.expires_at:%Y-%m-%d}"
