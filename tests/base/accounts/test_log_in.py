"""Logging in: by a code by e-mail, by password and app, and what nobody may learn from it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from omzien.base.accounts.models import User
from omzien.base.accounts.queries import open_sessions, roles_of, standing_of, user_by_email
from omzien.base.accounts.queries.demo import code_of
from omzien.base.accounts.roles import Assurance
from omzien.base.letters.models import Mail
from omzien.base.letters.queries import compose
from tests.cast import PASSWORD, SECRET, with_app, with_password

if TYPE_CHECKING:
    from email.message import EmailMessage

    from tests.cast import LogIn


pytestmark = pytest.mark.django_db


Answer = Any  # Django's client answers with attributes that no class declares.


def ask_code(client: Client, email: str) -> Answer:
    return client.post(reverse("account_request_login_code"), {"email": email}, follow=True)


def last_mail() -> EmailMessage:
    return compose(Mail.objects.latest("pk"), stop_link="", now=timezone.now())


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def code_in_mail() -> str:
    found = re.search(r"\b\d{6}\b", part(last_mail(), "plain"))
    assert found is not None
    return found.group()


def type_code(client: Client, code: str) -> Answer:
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def give_password(client: Client, email: str, password: str = PASSWORD) -> Answer:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def give_app_code(client: Client, code: str) -> Answer:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_logged_in(client: Client) -> bool:
    return client.get(reverse("accounts:mine")).status_code == 200


def assurance_of(client: Client, user: User) -> Assurance:
    return standing_of(user, client.session).assurance


def test_a_resident_comes_in_with_the_code_from_the_mail(
    sam: Client, mevrouw_de_vries: User
) -> None:
    ask_code(sam, mevrouw_de_vries.email)
    answer = type_code(sam, code_in_mail())
    assert answer.headers["Location"] == reverse("site:work")
    assert assurance_of(sam, mevrouw_de_vries) == Assurance.EMAIL


def test_the_mail_with_the_code_has_a_text_and_an_html_part(
    sam: Client, mevrouw_de_vries: User
) -> None:
    ask_code(sam, mevrouw_de_vries.email)
    message = last_mail()
    code = code_in_mail()
    assert message["To"] == mevrouw_de_vries.email
    assert code not in message["Subject"]
    assert code in part(message, "html")


def test_the_code_works_once(sam: Client, mevrouw_de_vries: User) -> None:
    ask_code(sam, mevrouw_de_vries.email)
    code = code_in_mail()
    type_code(sam, code)
    sam.post(reverse("account_logout"))
    type_code(sam, code)
    assert not is_logged_in(sam)


def test_a_code_dies_after_three_wrong_tries(sam: Client, mevrouw_de_vries: User) -> None:
    ask_code(sam, mevrouw_de_vries.email)
    code = code_in_mail()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(3):
        type_code(sam, wrong)
    type_code(sam, code)
    assert not is_logged_in(sam)


def test_a_code_dies_after_a_quarter_of_an_hour(sam: Client, mevrouw_de_vries: User) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        ask_code(sam, mevrouw_de_vries.email)
        clock.shift(15 * 60 + 1)
        type_code(sam, code_in_mail())
        assert not is_logged_in(sam)


def test_an_unknown_address_gets_the_same_pages_as_a_known_one(
    mevrouw_de_vries: User,
) -> None:
    known, unknown = Client(), Client()
    first = ask_code(known, mevrouw_de_vries.email)
    second = ask_code(unknown, "unknown@example.nl")
    assert first.redirect_chain == second.redirect_chain
    same = first.content.decode().replace(mevrouw_de_vries.email, "unknown@example.nl")
    hide = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert hide.sub("", same) == hide.sub("", second.content.decode())


def test_the_mail_to_an_unknown_address_holds_no_code(sam: Client) -> None:
    ask_code(sam, "unknown@example.nl")
    assert re.search(r"\b\d{6}\b", part(last_mail(), "plain")) is None


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(jan: User) -> None:
    with_password(jan)
    known = give_password(Client(), jan.email, "not-the-password")
    unknown = give_password(Client(), "unknown@example.nl", "not-the-password")
    assert known.context["form"].errors == unknown.context["form"].errors
    assert known.status_code == unknown.status_code == 200


def test_signing_up_with_an_address_that_has_an_account_looks_like_any_other(
    mevrouw_de_vries: User,
) -> None:
    answers = [
        Client().post(reverse("account_signup"), {"email": email}, follow=True)
        for email in (mevrouw_de_vries.email, "new@example.nl")
    ]
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert User.objects.count() == 2


def test_a_colleague_comes_in_with_password_and_app(sam: Client, jan: User) -> None:
    with_app(with_password(jan))
    answer = give_password(sam, jan.email)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_logged_in(sam)
    answer = give_app_code(sam, code_of(SECRET, now=timezone.now()))
    assert answer.headers["Location"] == reverse("site:work")
    assert assurance_of(sam, jan) == Assurance.SECOND_FACTOR
    assert standing_of(jan, sam.session).roles == {"coordinator"}


def test_a_code_of_the_app_counts_once(jan: User) -> None:
    with_app(with_password(jan))
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code = code_of(SECRET, now=timezone.now())
        first, second = Client(), Client()
        give_password(first, jan.email)
        give_app_code(first, code)
        # Half a minute later the code is still within what is tolerated, but it was used.
        clock.shift(31)
        give_password(second, jan.email)
        give_app_code(second, code)
    assert is_logged_in(first)
    assert not is_logged_in(second)


def test_a_code_of_two_minutes_ago_does_not_count(sam: Client, jan: User) -> None:
    with_app(with_password(jan))
    give_password(sam, jan.email)
    give_app_code(sam, code_of(SECRET, now=timezone.now() - timedelta(minutes=2)))
    assert not is_logged_in(sam)


def test_a_colleague_without_second_factor_is_led_to_setting_one_up(
    sam: Client, jan: User
) -> None:
    answer = give_password(sam, with_password(jan).email)
    assert answer.headers["Location"] == reverse("accounts:second_factor")
    assert standing_of(jan, sam.session).roles == frozenset()
    assert standing_of(jan, sam.session).waiting_roles == {"coordinator"}
    page = sam.get(answer.headers["Location"]).content.decode()
    assert reverse("mfa_add_webauthn") in page
    assert reverse("mfa_activate_totp") in page


def test_an_app_that_was_just_set_up_must_be_shown_before_roles_count(
    sam: Client, jan: User
) -> None:
    give_password(sam, with_password(jan).email)
    sam.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = sam.get(reverse("mfa_activate_totp")).context["form"].secret
    sam.post(reverse("mfa_activate_totp"), {"code": code_of(secret, now=timezone.now())})
    assert standing_of(jan, sam.session).roles == frozenset()
    later = timezone.now() + timedelta(minutes=2)
    with time_machine.travel(later, tick=False):
        sam.post(reverse("mfa_reauthenticate"), {"code": code_of(secret, now=later)})
    assert standing_of(jan, sam.session).roles == {"coordinator"}


def test_secrets_of_the_app_and_recovery_codes_are_encrypted_at_rest(
    sam: Client, jan: User
) -> None:
    give_password(sam, with_password(jan).email)
    sam.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = sam.get(reverse("mfa_activate_totp")).context["form"].secret
    sam.post(reverse("mfa_activate_totp"), {"code": code_of(secret, now=timezone.now())})
    kept = {one.type: one.data for one in Authenticator.objects.filter(user=jan)}
    assert kept["totp"]["secret"].startswith("municipality/")
    assert secret not in str(kept)
    assert kept["recovery_codes"]["seed"].startswith("municipality/")
    assert get_mfa_adapter().decrypt(kept["totp"]["secret"]) == secret


def test_a_recovery_code_lets_in_once(jan: User) -> None:
    with_app(with_password(jan))
    code = RecoveryCodes.activate(jan).generate_codes()[0]
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, jan.email)
        give_app_code(client, code)
    assert is_logged_in(first)
    assert not is_logged_in(second)


def test_the_last_second_factor_of_a_coordinator_cannot_be_removed(
    log_in: LogIn, jan: User, mevrouw_de_vries: User
) -> None:
    for user, stays in ((jan, True), (mevrouw_de_vries, False)):
        browser = log_in(with_app(with_password(user)))
        browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        browser.post(reverse("mfa_deactivate_totp"))
        assert Authenticator.objects.filter(user=user, type="totp").exists() is stays


def test_a_closed_account_does_not_come_in(sam: Client, mevrouw_de_vries: User) -> None:
    mevrouw_de_vries.is_active = False
    mevrouw_de_vries.save(update_fields=["is_active"])
    ask_code(sam, mevrouw_de_vries.email)
    assert not is_logged_in(sam)


def test_whoever_makes_an_account_is_a_resident_after_typing_the_code(sam: Client) -> None:
    sam.post(reverse("account_signup"), {"email": "new@example.nl"})
    assert not is_logged_in(sam)
    sam.post(reverse("account_email_verification_sent"), {"code": code_in_mail()})
    assert is_logged_in(sam)
    user = user_by_email("new@example.nl")
    assert user is not None
    assert roles_of(user) == {"resident"}
    assert not user.has_usable_password()


def test_somebody_sees_where_they_are_logged_in_and_ends_the_rest(mevrouw_de_vries: User) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        ask_code(client, mevrouw_de_vries.email)
        type_code(client, code_in_mail())
    assert len(open_sessions(mevrouw_de_vries)) == 2
    here.post(reverse("usersessions_list"))
    assert is_logged_in(here)
    assert not is_logged_in(there)


def test_a_forgotten_password_is_replaced_with_a_code_by_mail(sam: Client, jan: User) -> None:
    with_app(with_password(jan))
    sam.post(reverse("account_reset_password"), {"email": jan.email})
    sam.post(reverse("account_confirm_password_reset_code"), {"code": code_in_mail()})
    new = {"password1": "een-nieuw-lang-wachtwoord", "password2": "een-nieuw-lang-wachtwoord"}
    sam.post(reverse("account_complete_password_reset"), new)
    jan.refresh_from_db()
    assert jan.check_password("een-nieuw-lang-wachtwoord")
    assert not is_logged_in(sam)
    answer = give_password(sam, jan.email, "een-nieuw-lang-wachtwoord")
    assert answer.headers["Location"] == reverse("mfa_authenticate")


def test_no_page_of_logging_in_holds_an_address_in_its_address(
    sam: Client, mevrouw_de_vries: User
) -> None:
    answer = ask_code(sam, mevrouw_de_vries.email)
    assert [url for url, _ in answer.redirect_chain if "@" in url or "%40" in url] == []


def test_production_makes_passwords_slowly(slow_passwords: None, jan: User) -> None:
    del slow_passwords
    assert with_password(jan).password.startswith("scrypt$")
