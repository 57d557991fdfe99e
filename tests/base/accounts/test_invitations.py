"""Coming in by invitation: a link that changes nothing until a button is pressed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from omzien.base.accounts.actions import (
    AlreadyInvited,
    InvitationNotOpen,
    NotByInvitation,
    OwnRole,
    accept_invitation,
    invite_person,
    join_as_resident,
    withdraw_invitation,
)
from omzien.base.accounts.models import Invitation, User
from omzien.base.accounts.queries import invitation_for, open_invitations, roles_of, user_by_email
from omzien.base.journal.models import Actor, Entry
from omzien.base.letters.models import Mail

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import LogIn

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
ANNA = Actor.system("anna")


def invite(email: str = "new@example.nl", role: str = "editor", now: datetime = NOW) -> str:
    return invite_person(email, role=role, organisation="Welzijn", by=ANNA, now=now)[1]


def link(token: str) -> str:
    return reverse("accounts:invitation", kwargs={"token": token})


def test_the_token_is_kept_hashed_only() -> None:
    token = invite()
    kept = Invitation.objects.values().get()
    assert token not in str(kept)
    found = invitation_for(token, now=NOW)
    assert found is not None
    assert found.organisation == "Welzijn"


def test_opening_the_link_changes_nothing(sam: Client) -> None:
    token = invite(now=timezone.now())
    for _ in range(3):
        assert sam.get(link(token)).status_code == 200
    assert Invitation.objects.get().accepted_at is None
    assert user_by_email("new@example.nl") is None


def test_the_page_before_the_button_shows_no_person(sam: Client) -> None:
    token = invite(now=timezone.now())
    assert "new@example.nl" not in sam.get(link(token)).content.decode()


def test_the_button_makes_an_account_with_the_role_and_a_proven_address(sam: Client) -> None:
    token = invite(now=timezone.now())
    assert sam.post(link(token)).status_code == 200
    user = user_by_email("NEW@example.nl")
    assert user is not None
    assert roles_of(user) == {"editor"}
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified


def test_accepting_does_not_log_in(sam: Client) -> None:
    sam.post(link(invite(now=timezone.now())))
    assert sam.get(reverse("accounts:mine")).status_code == 302


def test_an_invitation_works_once(sam: Client) -> None:
    token = invite(now=timezone.now())
    sam.post(link(token))
    assert sam.post(link(token)).status_code == 404


def test_two_at_the_same_moment_cannot_both_accept() -> None:
    token = invite()
    seen = invitation_for(token, now=NOW)
    assert seen is not None
    accept_invitation(seen, now=NOW)
    with pytest.raises(InvitationNotOpen):
        accept_invitation(seen, now=NOW)


def test_an_invitation_gives_a_role_to_somebody_who_has_an_account(
    mevrouw_de_vries: User,
) -> None:
    seen = invitation_for(invite(mevrouw_de_vries.email.upper(), "visitor"), now=NOW)
    assert seen is not None
    assert accept_invitation(seen, now=NOW) == mevrouw_de_vries
    assert roles_of(mevrouw_de_vries) == {"resident", "visitor"}


def test_an_invitation_is_too_old_after_two_weeks() -> None:
    token = invite()
    assert invitation_for(token, now=NOW + timedelta(days=13)) is not None
    assert invitation_for(token, now=NOW + timedelta(days=15)) is None


def test_an_invitation_that_was_withdrawn_does_not_work() -> None:
    token = invite()
    made = Invitation.objects.get()
    withdraw_invitation(made, by=ANNA, now=NOW)
    assert invitation_for(token, now=NOW) is None
    with pytest.raises(InvitationNotOpen):
        accept_invitation(made, now=NOW)
    with pytest.raises(InvitationNotOpen):
        withdraw_invitation(made, by=ANNA, now=NOW)


def test_nobody_is_invited_twice_to_the_same_role() -> None:
    invite()
    with pytest.raises(AlreadyInvited):
        invite("New@Example.nl")


def test_a_new_invitation_may_follow_one_that_is_too_old() -> None:
    invite()
    later = NOW + timedelta(days=20)
    invite(now=later)
    assert open_invitations(later).count() == 1


def test_the_database_refuses_two_open_invitations() -> None:
    invite()
    again = Invitation.objects.get()
    again.pk, again.key, again.token_hash = None, Invitation().key, "other"
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_residents_are_not_invited() -> None:
    with pytest.raises(NotByInvitation):
        invite(role="resident")


def test_nobody_invites_themselves_to_more(anna: User) -> None:
    by = anna.actor("administrator")
    made, _ = invite_person(anna.email, role="privacy_officer", organisation="", by=by, now=NOW)
    with pytest.raises(OwnRole):
        accept_invitation(made, now=NOW)


def test_joining_twice_is_joining_once(make_person: object) -> None:
    del make_person
    user = User.objects.create(email="new@example.nl", joined_at=NOW)
    join_as_resident(user, now=NOW)
    join_as_resident(user, now=NOW)
    assert roles_of(user) == {"resident"}


def test_who_invited_whom_to_what_stands_in_the_journal(anna: User) -> None:
    by = anna.actor("administrator")
    made, _ = invite_person("new@example.nl", role="editor", organisation="", by=by, now=NOW)
    line = Entry.objects.get(subject_key=made.key)
    assert (line.actor_key, line.verb, line.reason) == (
        anna.key,
        "accounts.invite_person",
        "editor",
    )


def test_an_administrator_invites_by_mail(log_in: LogIn, anna: User, sam: Client) -> None:
    form = {"email": "new@example.nl", "role": "coordinator", "organisation": "Welzijn"}
    log_in(anna).post(reverse("accounts:invite"), form)
    mail = Mail.objects.get()
    assert mail.to == "new@example.nl"
    address = mail.context.split('"link": "')[1].split('"')[0]
    assert sam.post(address.removeprefix("http://testserver")).status_code == 200
    user = user_by_email("new@example.nl")
    assert user is not None
    assert roles_of(user) == {"coordinator"}


def test_inviting_twice_is_explained_on_the_page(log_in: LogIn, anna: User) -> None:
    form = {"email": "new@example.nl", "role": "coordinator", "organisation": ""}
    browser = log_in(anna)
    browser.post(reverse("accounts:invite"), form)
    answer = browser.post(reverse("accounts:invite"), form)
    assert answer.context["form"].non_field_errors()
    assert Mail.objects.count() == 1


def test_an_administrator_withdraws_an_invitation(log_in: LogIn, anna: User) -> None:
    token = invite(now=timezone.now())
    made = Invitation.objects.get()
    page = reverse("accounts:withdraw", kwargs={"key": made.key})
    browser = log_in(anna)
    browser.post(page)
    browser.post(page)
    assert invitation_for(token, now=timezone.now()) is None


def test_the_first_administrator_is_invited_from_the_command_line(sam: Client) -> None:
    said = StringIO()
    call_command("invite", "first@example.nl", "administrator", stdout=said)
    address = said.getvalue().strip()
    sam.post(address[address.index("/invitation/") :])
    user = user_by_email("first@example.nl")
    assert user is not None
    assert roles_of(user) == {"administrator"}
    call_command("invite", "again@example.nl", "editor", stdout=said)
    with pytest.raises(CommandError):
        call_command("invite", "again@example.nl", "editor", stdout=said)
