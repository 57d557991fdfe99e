"""Every address by every role and the stranger, one's own and another's object, GET and POST.

It walks the addresses of the site itself, so it grows by itself. An address with parameters needs
an example in tests/examples.py. What a role may not do is refused before anything is done, so a
POST without fields is enough: whoever is admitted gets the page, a redirect, or an error of the
form; nobody else comes so far.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from omzien.base.accounts.roles import ROLES, Assurance
from omzien.config.audiences import AUDIENCES
from tests.addresses import Address, addresses
from tests.cast import NAMES, browser_of, enough_for, person
from tests.examples import EXAMPLES, OTHER_ANSWERS

if TYPE_CHECKING:
    from omzien.base.accounts.models import User
    from omzien.base.accounts.permissions import Audience

WALKED = {address.name: address for address in addresses(get_resolver())}
METHODS = ("get", "post")
# 400: the empty POST of this walk, told so by a form.
ADMITTED = {200, 302, 400, 405}
REFUSED = {403, 404}


def own_address(address: Address, user: User) -> str:
    example = EXAMPLES.get(address.name)
    return reverse(address.name, kwargs=example.make(user) if example else {})


def knock(browser: Client, path: str, method: str) -> int:
    return int(getattr(browser, method)(path).status_code)


def is_log_in(browser: Client, path: str, method: str) -> bool:
    answer = getattr(browser, method)(path)
    location = str(answer.headers.get("Location", ""))
    return answer.status_code == 302 and location.startswith(reverse(settings.LOGIN_URL))


def admitted(name: str) -> set[int]:
    return ADMITTED | OTHER_ANSWERS.get(name, set())


def audience_of(name: str) -> Audience:
    return AUDIENCES[name]


# A second opinion beside config/audiences.py: what is for everybody, what is for whoever is logged
# in, and which roles at the most come into an app. An app that is new says it here as well.
FOR_EVERYBODY = {
    *("site", "letters", "accounts:invitation", "accounts:demo"),
    *("freshness:check", "freshness:link_offer", "freshness:link_schedule", "freshness:wrong"),
    # The social map by open standards.
    *("hsds", "api", "exchange:embedded", "exchange:data_catalogue", "exchange:changes"),
    *("exchange:calendar", "exchange:theme_calendar", "exchange:area_calendar"),
    *("exchange:party_calendar", "exchange:offer_calendar", "exchange:hsds_package"),
    *("exchange:overview_csv", "exchange:overview_xlsx", "exchange:overview_ods"),
    "exchange:data_catalogue_json",
    *("referrals:answer", "freshness:season", "freshness:turnout"),
}
FOR_WHOEVER_IS_LOGGED_IN = {"site", "accounts:mine", "accounts:second_factor", "accounts:close"}
AT_THE_MOST = {
    "accounts": {"administrator", "resident"},
    "desk": {"coordinator"},
    "jobs": {"administrator"},
    "journal": {"privacy_officer"},
    "privacy": {"privacy_officer", "coordinator", "administrator"},
    "advice": {"editor", "coordinator", "policy_officer"},
    "exchange": {"editor"},
    "freshness": {"member", "editor", "coordinator", "policy_officer"},
    "referrals": {"coordinator", "visitor", "member"},
}
CASES = [(name, method) for name in WALKED for method in METHODS]


@pytest.mark.parametrize("name", [a.name for a in WALKED.values() if a.parameters])
def test_every_address_with_parameters_has_an_example(name: str) -> None:
    assert name in EXAMPLES


def is_too_wide(name: str, audience: Audience) -> bool:
    app, ours, _page = name.partition(":")
    if not ours:
        # Addresses of allauth guard themselves too.
        return bool(audience.roles)
    if audience.public:
        return {app, name}.isdisjoint(FOR_EVERYBODY)
    if not audience.roles:
        return {app, name}.isdisjoint(FOR_WHOEVER_IS_LOGGED_IN)
    return not audience.roles <= AT_THE_MOST.get(app, set())


def test_no_audience_is_wider_than_its_app_allows() -> None:
    assert [name for name, audience in AUDIENCES.items() if is_too_wide(name, audience)] == []


def test_there_is_no_example_without_an_address() -> None:
    assert set(EXAMPLES) - set(WALKED) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "method"), CASES)
def test_sam_sees_what_is_public_and_nothing_else(name: str, method: str) -> None:
    audience, sam = audience_of(name), Client()
    path = own_address(WALKED[name], person("resident"))
    if audience.public:
        assert knock(sam, path, method) in admitted(name)
    elif audience.api:
        assert knock(sam, path, method) == HTTPStatus.UNAUTHORIZED
    else:
        assert is_log_in(sam, path, method)


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(ROLES))
@pytest.mark.parametrize(("name", "method"), CASES)
def test_a_role_sees_what_its_audience_admits(name: str, method: str, role: str) -> None:
    user = person(role)
    audience = audience_of(name)
    path = own_address(WALKED[name], user)
    status = knock(browser_of(user, level_for(user, audience)), path, method)
    assert status in (admitted(name) if audience.is_for({role}) or audience.public else REFUSED)


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(ROLES))
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", [n for n in WALKED if n in EXAMPLES])
def test_another_persons_object_stays_shut(name: str, method: str, role: str) -> None:
    user, other = person(role), person("member", name="Other", email="other@example.nl")
    audience = audience_of(name)
    path = own_address(WALKED[name], other)
    status = knock(browser_of(user, level_for(user, audience)), path, method)
    if not (audience.public or audience.is_for({role})):
        assert status in REFUSED
    elif EXAMPLES[name].foreign == HTTPStatus.NOT_FOUND:
        # Asking again who it is (302) comes before looking for the object.
        assert status in {302, 404}
    else:
        assert status in admitted(name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "role"),
    [
        (name, role)
        for name, audience in AUDIENCES.items()
        if name in WALKED and audience.assurance > Assurance.EMAIL
        for role in sorted(audience.roles or ())
    ],
)
def test_an_email_code_alone_does_not_open_what_asks_for_more(name: str, role: str) -> None:
    user = person(role)
    browser = browser_of(user, Assurance.EMAIL)
    assert knock(browser, own_address(WALKED[name], user), "get") == HTTPStatus.FORBIDDEN


def level_for(user: User, audience: Audience) -> Assurance | None:
    """Return the level that the audience asks for, where it is more than the role needs."""
    return audience.assurance if audience.assurance > enough_for(user) else None


def test_every_role_is_played_by_somebody() -> None:
    assert set(NAMES) == set(ROLES)
