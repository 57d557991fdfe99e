"""Giving and ending roles, closing an account, leaving, and what is forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from omzien.base.accounts import jobs
from omzien.base.accounts.actions import (
    AlreadyHasRole,
    HasNoSuchRole,
    LastAdministrator,
    OwnRole,
    deactivate,
    end_role,
    end_sessions,
    forget_unproven_accounts,
    give_role,
    leave,
    reactivate,
    rename,
)
from omzien.base.accounts.models import RoleAssignment, User
from omzien.base.accounts.queries import role_history, roles_of
from omzien.base.journal.models import Actor, Entry
from tests.cast import BACKEND, JOINED, PASSWORD, person, with_app, with_password

if TYPE_CHECKING:
    from tests.cast import LogIn

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
ANNA = Actor.system("anna")


def verbs(subject: User | RoleAssignment) -> list[str]:
    return list(
        Entry.objects.filter(subject_key=subject.key).order_by("id").values_list("verb", flat=True)
    )


def test_a_role_that_was_given_counts_and_stands_in_the_journal(jan: User, anna: User) -> None:
    made = give_role(jan, role="editor", by=anna.actor("administrator"), now=NOW)
    assert roles_of(jan) == {"coordinator", "editor"}
    line = Entry.objects.get(subject_key=made.key)
    assert (line.verb, line.reason, line.actor_key) == ("accounts.give_role", "editor", anna.key)


def test_nobody_has_the_same_role_twice(jan: User) -> None:
    with pytest.raises(AlreadyHasRole):
        give_role(jan, role="coordinator", by=ANNA, now=NOW)


def test_the_database_refuses_the_same_role_twice(jan: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(
            user=jan, role="coordinator", given_at=NOW, given_by=ANNA.key
        )


def test_nobody_gives_a_role_to_themselves(anna: User) -> None:
    with pytest.raises(OwnRole):
        give_role(anna, role="privacy_officer", by=anna.actor("administrator"), now=NOW)


def test_a_role_that_ended_no_longer_counts_but_is_remembered(jan: User) -> None:
    end_role(jan, role="coordinator", by=ANNA, now=NOW)
    assert roles_of(jan) == frozenset()
    assert [one.ended_at for one in role_history(jan)] == [NOW]


def test_a_role_that_is_not_held_cannot_end(jan: User) -> None:
    with pytest.raises(HasNoSuchRole):
        end_role(jan, role="editor", by=ANNA, now=NOW)


def test_the_last_administrator_stays(anna: User) -> None:
    for action in (deactivate, leave):
        with pytest.raises(LastAdministrator):
            action(anna, by=ANNA, now=NOW)
    with pytest.raises(LastAdministrator):
        end_role(anna, role="administrator", by=ANNA, now=NOW)


def test_an_administrator_may_go_when_there_is_another(anna: User) -> None:
    person("administrator", name="Second", email="second@example.nl")
    leave(anna, by=ANNA, now=NOW)
    assert roles_of(anna) == frozenset()


def test_whoever_leaves_keeps_no_role_no_session_and_no_second_factor(jan: User) -> None:
    browser = Client()
    browser.force_login(with_app(jan), backend=BACKEND)
    leave(jan, by=ANNA, now=NOW)
    jan.refresh_from_db()
    assert (jan.is_active, jan.left_at, roles_of(jan)) == (False, NOW, frozenset())
    assert not Authenticator.objects.filter(user=jan).exists()
    assert browser.get(reverse("accounts:mine")).status_code == 302
    assert verbs(jan) == ["accounts.end_sessions", "accounts.leave"]


def test_a_closed_account_keeps_its_roles_for_when_it_opens_again(jan: User) -> None:
    deactivate(jan, by=ANNA, now=NOW)
    assert (jan.is_active, roles_of(jan)) == (False, frozenset({"coordinator"}))
    reactivate(jan, by=ANNA, now=NOW)
    jan.refresh_from_db()
    assert (jan.is_active, jan.left_at) == (True, None)


def test_somebody_who_left_comes_back_without_roles(jan: User) -> None:
    leave(jan, by=ANNA, now=NOW)
    reactivate(jan, by=ANNA, now=NOW + timedelta(days=1))
    assert (jan.is_active, roles_of(jan)) == (True, frozenset())


def test_the_database_refuses_somebody_who_left_and_may_log_in(jan: User) -> None:
    jan.left_at = NOW
    with pytest.raises(IntegrityError), transaction.atomic():
        jan.save(update_fields=["left_at"])


def test_sessions_end_everywhere(jan: User) -> None:
    with_password(jan)
    for _ in range(2):
        Client().post(reverse("account_login"), {"login": jan.email, "password": PASSWORD})
    assert Session.objects.count() == 2
    end_sessions(jan, by=ANNA, now=NOW)
    assert Session.objects.count() == 0


def test_a_name_is_kept_without_needless_spaces(mevrouw_de_vries: User) -> None:
    rename(mevrouw_de_vries, name="  Mevrouw   De Vries ", now=NOW)
    assert mevrouw_de_vries.name == "Mevrouw De Vries"
    assert verbs(mevrouw_de_vries) == ["accounts.rename"]


def test_accounts_whose_address_was_never_proven_are_forgotten(mevrouw_de_vries: User) -> None:
    stray = User.objects.create(email="stray@example.nl", joined_at=JOINED)
    fresh = User.objects.create(email="fresh@example.nl", joined_at=NOW)
    gone = forget_unproven_accounts(NOW - timedelta(days=7), by=ANNA, now=NOW)
    assert gone == 1
    assert set(User.objects.all()) == {mevrouw_de_vries, fresh}
    assert verbs(stray) == ["accounts.forget_unproven"]


# --- The administrator's pages -------------------------------------------------------------------


def test_an_administrator_gives_and_ends_a_role_on_the_page(
    log_in: LogIn, anna: User, jan: User
) -> None:
    browser, page = log_in(anna), reverse("accounts:person", kwargs={"key": jan.key})
    browser.post(page, {"change": "give_role", "role": "editor"})
    browser.post(page, {"change": "end_role", "role": "coordinator"})
    assert roles_of(jan) == {"editor"}


@pytest.mark.parametrize(
    ("change", "active"), [("deactivate", False), ("leave", False), ("log_out", True)]
)
def test_an_administrator_closes_an_account_on_the_page(
    log_in: LogIn, anna: User, jan: User, change: str, *, active: bool
) -> None:
    log_in(anna).post(reverse("accounts:person", kwargs={"key": jan.key}), {"change": change})
    jan.refresh_from_db()
    assert jan.is_active is active


def test_an_administrator_opens_an_account_again_on_the_page(
    log_in: LogIn, anna: User, jan: User
) -> None:
    deactivate(jan, by=ANNA, now=NOW)
    log_in(anna).post(
        reverse("accounts:person", kwargs={"key": jan.key}), {"change": "reactivate"}
    )
    jan.refresh_from_db()
    assert jan.is_active


def test_the_page_says_why_something_cannot_be(log_in: LogIn, anna: User) -> None:
    page = reverse("accounts:person", kwargs={"key": anna.key})
    answer = log_in(anna).post(page, {"change": "leave"})
    assert answer.context["form"].non_field_errors()


def test_the_list_searches_without_a_name_in_the_address(
    log_in: LogIn, anna: User, jan: User
) -> None:
    answer = log_in(anna).post(reverse("accounts:people"), {"search": "bakker"})
    assert [one.pk for one in answer.context["people"]] == [jan.pk]
    assert "?" not in answer.request["PATH_INFO"]


def test_the_list_asks_as_much_of_the_database_for_three_as_for_one(
    log_in: LogIn, anna: User
) -> None:
    browser = log_in(anna)
    few = queries_of(browser)
    for role in ("coordinator", "editor", "analyst"):
        person(role)
    assert queries_of(browser) == few


def queries_of(browser: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        browser.get(reverse("accounts:people"))
    return len(captured)


def test_somebody_closes_their_own_account(log_in: LogIn, mevrouw_de_vries: User) -> None:
    browser = log_in(mevrouw_de_vries)
    assert browser.get(reverse("accounts:close")).status_code == 200
    browser.post(reverse("accounts:close"))
    mevrouw_de_vries.refresh_from_db()
    assert not mevrouw_de_vries.is_active
    assert browser.get(reverse("accounts:mine")).status_code == 302


def test_my_account_shows_roles_with_their_sentence(log_in: LogIn, jan: User) -> None:
    with_password(jan)
    browser = log_in(jan)
    answer = browser.get(reverse("accounts:mine"))
    assert [role.name for role in answer.context["roles"]] == ["coordinator"]
    browser.post(reverse("accounts:mine"), {"name": "Jan B."})
    jan.refresh_from_db()
    assert jan.name == "Jan B."


def test_every_night_accounts_of_more_than_a_week_ago_are_forgotten() -> None:
    User.objects.create(email="stray@example.nl", joined_at=timezone.now() - timedelta(days=8))
    fresh = User.objects.create(email="fresh@example.nl", joined_at=timezone.now())
    jobs.forget_unproven_accounts()
    assert list(User.objects.all()) == [fresh]
