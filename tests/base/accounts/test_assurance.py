"""The ladder of assurance: what a session has shown, and the code by letter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from omzien.base.accounts.actions import (
    NotAResident,
    NoTriesLeft,
    OtherSubject,
    PasskeyNeeded,
    WrongCode,
    activate_by_letter,
    remember_sso_subject,
    request_activation_letter,
)
from omzien.base.accounts.models import ActivationCode, User
from omzien.base.accounts.permissions import (
    PUBLIC,
    SIGNED_IN,
    SSO_TWO_FACTORS,
    Audience,
    assurance_of,
    for_roles,
)
from omzien.base.accounts.queries import standing_of
from omzien.base.accounts.roles import ROLES, Assurance
from omzien.base.journal.models import Actor, Entry
from tests.cast import person

if TYPE_CHECKING:
    from tests.cast import LogIn

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
JAN = Actor.system("jan")
COORDINATOR = frozenset({"coordinator"})
CODE: dict[str, object] = {"method": "code", "email": "x@example.nl"}
APP: dict[str, object] = {"method": "mfa", "type": "totp", "id": 1}
PASSKEY: dict[str, object] = {"method": "mfa", "type": "webauthn", "id": 7}
SSO: dict[str, object] = {"method": "socialaccount", "provider": "municipality"}


def session(*methods: dict[str, object], **more: object) -> SessionBase:
    made = SessionBase()
    made["account_authentication_methods"] = list(methods)
    for name, value in more.items():
        made[name] = value
    return made


# --- What a session has shown --------------------------------------------------------------------


def test_a_code_by_mail_is_the_lowest_step() -> None:
    assert assurance_of(session(CODE)) == Assurance.EMAIL


def test_nothing_shown_is_no_assurance() -> None:
    assert assurance_of(session()) == Assurance.NONE


@pytest.mark.parametrize("second", [APP, PASSKEY])
def test_an_app_or_a_passkey_is_the_second_step(second: dict[str, object]) -> None:
    assert assurance_of(session(CODE, second)) == Assurance.SECOND_FACTOR


def test_single_sign_on_counts_double_only_when_it_says_so() -> None:
    assert assurance_of(session(SSO)) == Assurance.EMAIL
    vouched = session(SSO, **{SSO_TWO_FACTORS: True})
    assert assurance_of(vouched) == Assurance.SECOND_FACTOR


def test_what_single_sign_on_said_does_not_help_a_code_by_mail() -> None:
    assert assurance_of(session(CODE, **{SSO_TWO_FACTORS: True})) == Assurance.EMAIL


def test_a_passkey_of_before_the_letter_is_the_third_step() -> None:
    assert assurance_of(session(PASSKEY), proven_passkeys={7}) == Assurance.LETTER_AND_PASSKEY


def test_a_passkey_of_after_the_letter_is_not() -> None:
    assert assurance_of(session(PASSKEY), proven_passkeys={8}) == Assurance.SECOND_FACTOR


# --- Audiences -----------------------------------------------------------------------------------


def test_an_audience_takes_the_highest_step_of_its_roles() -> None:
    assert for_roles("resident").assurance == Assurance.EMAIL
    assert for_roles("resident", "coordinator").assurance == Assurance.SECOND_FACTOR


def test_an_audience_with_a_role_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="burgemeester"):
        Audience(roles=frozenset({"burgemeester"}))


def test_whoever_is_not_sure_enough_is_not_admitted() -> None:
    audience = for_roles("coordinator")
    assert not audience.admits(roles={"coordinator"}, assurance=Assurance.EMAIL)
    assert audience.admits(roles={"coordinator"}, assurance=Assurance.SECOND_FACTOR)
    assert not audience.admits(roles={"editor"}, assurance=Assurance.SECOND_FACTOR)


def test_public_is_for_everybody_and_signed_in_for_any_role() -> None:
    assert PUBLIC.admits(roles=(), assurance=Assurance.NONE)
    assert SIGNED_IN.admits(roles=(), assurance=Assurance.EMAIL)
    assert not SIGNED_IN.admits(roles=(), assurance=Assurance.NONE)


def test_every_role_that_works_here_asks_for_a_second_factor() -> None:
    assert {name for name, role in ROLES.items() if role.staff} == {
        name for name, role in ROLES.items() if role.assurance == Assurance.SECOND_FACTOR
    }


@pytest.mark.django_db
def test_roles_do_not_count_before_the_second_factor(jan: User) -> None:
    low = standing_of(jan, session(CODE))
    high = standing_of(jan, session(CODE, APP))
    assert (low.roles, low.waiting_roles) == (frozenset(), COORDINATOR)
    assert (high.roles, high.waiting_roles) == (COORDINATOR, frozenset())


@pytest.mark.django_db
def test_a_stranger_stands_nowhere() -> None:
    standing = standing_of(object(), session())
    assert (standing.user, standing.roles) == (None, frozenset())


# --- The step-up page ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_too_low_gets_a_page_that_says_how_to_get_higher(log_in: LogIn, anna: User) -> None:
    answer = log_in(anna, Assurance.EMAIL).get(reverse("accounts:people"))
    assert answer.status_code == 403
    page = answer.content.decode()
    assert reverse("mfa_add_webauthn") in page
    assert reverse("mfa_activate_totp") in page


@pytest.mark.django_db
def test_the_wrong_role_gets_no_such_page(log_in: LogIn, jan: User) -> None:
    answer = log_in(jan).get(reverse("accounts:people"))
    assert answer.status_code == 403
    assert reverse("mfa_activate_totp") not in answer.content.decode()


# --- The code by letter --------------------------------------------------------------------------


def activate(user: User, code: str, *, with_passkey: bool = True, now: datetime = NOW) -> None:
    activate_by_letter(user, code=code, with_passkey=with_passkey, by=user.actor("self"), now=now)


@pytest.mark.django_db
def test_the_code_from_the_letter_proves_the_address(mevrouw_de_vries: User) -> None:
    letter = request_activation_letter(mevrouw_de_vries, by=JAN, now=NOW)
    assert letter.name == "Willemien de Vries"
    activate(mevrouw_de_vries, letter.code)
    mevrouw_de_vries.refresh_from_db()
    assert mevrouw_de_vries.address_proven_at == NOW
    verbs = Entry.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["accounts.request_activation_letter", "accounts.activate_by_letter"]


@pytest.mark.django_db
def test_the_code_may_be_typed_in_small_letters_without_dashes(mevrouw_de_vries: User) -> None:
    letter = request_activation_letter(mevrouw_de_vries, by=JAN, now=NOW)
    activate(mevrouw_de_vries, f" {letter.code.lower().replace('-', ' ')} ")
    assert mevrouw_de_vries.address_proven_at == NOW


@pytest.mark.django_db
def test_the_code_is_kept_hashed_only(mevrouw_de_vries: User) -> None:
    letter = request_activation_letter(mevrouw_de_vries, by=JAN, now=NOW)
    kept = str(ActivationCode.objects.values().get())
    assert letter.code not in kept
    assert letter.code.replace("-", "") not in kept


@pytest.mark.django_db
def test_without_a_passkey_the_code_does_nothing(mevrouw_de_vries: User) -> None:
    letter = request_activation_letter(mevrouw_de_vries, by=JAN, now=NOW)
    with pytest.raises(PasskeyNeeded):
        activate(mevrouw_de_vries, letter.code, with_passkey=False)
    assert ActivationCode.objects.get().tries_left == ActivationCode.TRIES


@pytest.mark.django_db
def test_the_code_dies_after_five_wrong_tries(mevrouw_de_vries: User) -> None:
    letter = request_activation_letter(mevrouw_de_vries, by=JAN, now=NOW)
    for _ in range(ActivationCode.TRIES - 1):
        with pytest.raises(WrongCode):
            activate(mevrouw_de_vries, "AAAA-AAAA-AAAA")
    with pytest.raises(NoTriesLeft):
        activate(mevrouw_de_vries, "AAAA-AAAA-AAAA")
    with pytest.raises(NoTriesLeft):
        activate(mevrouw_de_vries, letter.code)
    assert mevrouw_de_vries.address_proven_at is None


@pytest.mark.django_db
def test_the_code_works_once(mevrouw_de_vries: User) -> None:
    letter = request_activation_letter(mevrouw_de_vries, by=JAN, now=NOW)
    activate(mevrouw_de_vries, letter.code)
    with pytest.raises(NoTriesLeft):
        activate(mevrouw_de_vries, letter.code)


@pytest.mark.django_db
def test_the_code_is_too_old_after_three_weeks(mevrouw_de_vries: User) -> None:
    letter = request_activation_letter(mevrouw_de_vries, by=JAN, now=NOW)
    with pytest.raises(NoTriesLeft):
        activate(mevrouw_de_vries, letter.code, now=NOW + timedelta(days=21))


@pytest.mark.django_db
def test_a_second_letter_makes_the_first_worthless(mevrouw_de_vries: User) -> None:
    first = request_activation_letter(mevrouw_de_vries, by=JAN, now=NOW)
    second = request_activation_letter(mevrouw_de_vries, by=JAN, now=NOW)
    with pytest.raises(WrongCode):
        activate(mevrouw_de_vries, first.code)
    activate(mevrouw_de_vries, second.code)
    assert mevrouw_de_vries.address_proven_at == NOW


@pytest.mark.django_db
def test_a_letter_of_somebody_else_does_not_help(mevrouw_de_vries: User) -> None:
    other = person("resident", name="Sam", email="other@example.nl")
    letter = request_activation_letter(mevrouw_de_vries, by=JAN, now=NOW)
    request_activation_letter(other, by=JAN, now=NOW)
    with pytest.raises(WrongCode):
        activate(other, letter.code)


@pytest.mark.django_db
def test_only_residents_get_a_letter(jan: User) -> None:
    with pytest.raises(NotAResident):
        request_activation_letter(jan, by=JAN, now=NOW)


@pytest.mark.django_db
def test_the_database_refuses_more_tries_than_there_are(mevrouw_de_vries: User) -> None:
    request_activation_letter(mevrouw_de_vries, by=JAN, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivationCode.objects.update(tries_left=-1)


@pytest.mark.django_db
def test_the_whole_way_from_letter_to_the_third_step(
    log_in: LogIn, mevrouw_de_vries: User, anna: User
) -> None:
    page = log_in(anna).post(reverse("accounts:letter", kwargs={"key": mevrouw_de_vries.key}))
    code = page.context["letter"].code
    assert page.headers["Cache-Control"].endswith("private")
    made = Authenticator.objects.create(
        user=mevrouw_de_vries, type="webauthn", data={"name": "phone"}
    )
    browser = log_in(mevrouw_de_vries)
    stay = browser.session
    stay["account_authentication_methods"] = [{**PASSKEY, "id": made.pk}]
    stay.save()
    assert standing_of(mevrouw_de_vries, browser.session).assurance == Assurance.SECOND_FACTOR
    browser.post(reverse("accounts:activate"), {"code": code})
    mevrouw_de_vries.refresh_from_db()
    standing = standing_of(mevrouw_de_vries, browser.session)
    assert standing.assurance == Assurance.LETTER_AND_PASSKEY


@pytest.mark.django_db
def test_a_passkey_made_later_by_whoever_reads_the_mail_does_not_reach_the_third_step(
    mevrouw_de_vries: User,
) -> None:
    letter = request_activation_letter(mevrouw_de_vries, by=JAN, now=NOW)
    activate(mevrouw_de_vries, letter.code)
    later = Authenticator.objects.create(
        user=mevrouw_de_vries,
        type="webauthn",
        data={"name": "new"},
        created_at=NOW + timedelta(days=1),
    )
    standing = standing_of(mevrouw_de_vries, session({**PASSKEY, "id": later.pk}))
    assert standing.assurance == Assurance.SECOND_FACTOR


@pytest.mark.django_db
def test_a_wrong_code_is_explained_on_the_page_and_counted(
    log_in: LogIn, mevrouw_de_vries: User
) -> None:
    request_activation_letter(mevrouw_de_vries, by=JAN, now=timezone.now())
    browser = log_in(mevrouw_de_vries)
    stay = browser.session
    stay["account_authentication_methods"] = [PASSKEY]
    stay.save()
    answer = browser.post(reverse("accounts:activate"), {"code": "WRONG"})
    assert answer.context["form"].errors["code"]
    assert ActivationCode.objects.get().tries_left == ActivationCode.TRIES - 1


# --- Single sign-on ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_account_belongs_to_the_first_subject(jan: User) -> None:
    for _ in range(2):
        remember_sso_subject(jan, subject="abc", by=JAN, now=NOW)
    assert Entry.objects.filter(verb="accounts.remember_sso_subject").count() == 1
    with pytest.raises(OtherSubject):
        remember_sso_subject(jan, subject="def", by=JAN, now=NOW)


@pytest.mark.django_db
def test_a_subject_belongs_to_one_account(jan: User, els: User) -> None:
    remember_sso_subject(jan, subject="abc", by=JAN, now=NOW)
    with pytest.raises(OtherSubject):
        remember_sso_subject(els, subject="abc", by=JAN, now=NOW)
