"""Everybody can read the pages of the shell, in two languages, without an account."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from omzien.site.queries import LINES
from omzien.site.queries.handbook import handbook_page, handbook_pages
from omzien.site.queries.menu import menu
from omzien.site.queries.parts import third_party_parts
from omzien.site.views import errors

if TYPE_CHECKING:
    from django.test import Client, RequestFactory
    from pytest_django import Settings

STILL_PAGES = [
    reverse(f"site:{name}")
    for name in (
        *("looking_for", "want_to_help", "worried", "plan", "accessibility", "privacy"),
        *("source_code", "handbook", "styles", "search"),
    )
]
LINE_NAMES = [line.name for line in LINES]


@pytest.mark.parametrize("address", STILL_PAGES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_of_text_opens_without_the_database(
    client: Client, address: str, language: str
) -> None:
    response = client.get(address, HTTP_ACCEPT_LANGUAGE=language)
    assert response.status_code == HTTPStatus.OK
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("address", STILL_PAGES)
def test_a_page_shows_the_telephone_number_of_a_person(
    client: Client, settings: Settings, address: str
) -> None:
    settings.PHONE = "079 123 45 67"
    assert 'href="tel:0791234567"' in client.get(address).content.decode()


def test_without_a_telephone_number_no_empty_link_is_shown(
    client: Client, settings: Settings
) -> None:
    settings.PHONE = ""
    assert "tel:" not in client.get(reverse("site:worried")).content.decode()


def test_a_page_of_text_comes_from_memory_the_second_time(client: Client) -> None:
    first, again = client.get("/plan/"), client.get("/plan/")
    assert first.templates
    assert not again.templates
    assert again.content == first.content


def test_no_page_sets_a_cookie(client: Client) -> None:
    for address in STILL_PAGES:
        assert not client.get(address).cookies


@pytest.mark.parametrize("name", LINE_NAMES)
def test_each_line_of_the_plan_has_a_page_and_a_page_that_says_it_is_not_in_use(
    client: Client, settings: Settings, name: str
) -> None:
    address = reverse("site:plan_line", args=[name])
    settings.LINES_IN_USE = LINE_NAMES
    assert "not in use here" not in in_english(client, address)
    settings.LINES_IN_USE = [other for other in LINE_NAMES if other != name]
    page = in_english(client, address)
    assert page.count("not in use here") >= 3  # twice in the menu, and in the text


def in_english(client: Client, address: str) -> str:
    return client.get(address, HTTP_ACCEPT_LANGUAGE="en").content.decode()


@pytest.mark.parametrize("name", LINE_NAMES)
def test_the_menu_marks_a_line_that_is_not_in_use(settings: Settings, name: str) -> None:
    settings.LINES_IN_USE = [other for other in LINE_NAMES if other != name]
    off = [entry for entry in menu("/") if not entry.in_use]
    assert [entry.address for entry in off] == [reverse("site:plan_line", args=[name])]


def test_the_menu_knows_where_the_reader_is() -> None:
    current = {entry.address: entry.current for entry in menu(reverse("site:plan"))}
    assert current[reverse("site:plan")] == "page"
    assert current[reverse("site:neighbourhoods")] == ""


def test_the_plan_has_no_page_for_a_line_that_nobody_thought_of(client: Client) -> None:
    assert client.get("/plan/football/").status_code == HTTPStatus.NOT_FOUND


def test_the_handbook_is_shipped_and_every_chapter_opens(client: Client) -> None:
    assert len(handbook_pages()) >= 4
    for page in handbook_pages():
        response = client.get(reverse("site:handbook_page", args=[page.slug]))
        assert page.title in response.content.decode()


def test_a_chapter_wears_the_classes_of_the_design_system() -> None:
    page = handbook_page("buurt-in-beeld")
    assert page is not None
    assert 'class="nl-heading nl-heading--level-2"' in page.body
    assert "<script" not in page.body


def test_the_handbook_has_no_chapter_that_was_not_written(client: Client) -> None:
    assert client.get("/uitleg/toveren/").status_code == HTTPStatus.NOT_FOUND


def test_the_source_page_names_the_parts_of_others(client: Client) -> None:
    third_party_parts.cache_clear()
    page = client.get(reverse("site:source_code")).content.decode()
    for part in third_party_parts():
        assert part.name in page


def test_before_the_build_the_source_page_names_no_parts(settings: Settings) -> None:
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    third_party_parts.cache_clear()
    assert third_party_parts() == ()
    third_party_parts.cache_clear()


@pytest.mark.django_db
def test_a_monitor_hears_that_all_is_well(client: Client) -> None:
    response = client.get(reverse("site:health"))
    assert (response.status_code, response.content) == (HTTPStatus.OK, b"ok\n")
    assert response.headers["Cache-Control"] == "no-store"


# --- Errors ---


def test_an_address_that_does_not_exist_gets_a_page_in_the_look(client: Client) -> None:
    response = client.get("/bestaat-niet/", HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "This page does not exist" in response.content.decode()


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, HTTPStatus.BAD_REQUEST),
        (errors.permission_denied, HTTPStatus.FORBIDDEN),
        (errors.page_not_found, HTTPStatus.NOT_FOUND),
        (errors.too_many_requests, HTTPStatus.TOO_MANY_REQUESTS),
    ],
)
def test_each_error_has_a_page_that_says_what_to_do(
    rf: RequestFactory, view: errors.ErrorView, status: HTTPStatus
) -> None:
    response = view(rf.get("/"), Exception())
    assert response.status_code == status
    assert "nl-button--primary" in response.content.decode()


def test_the_page_for_our_own_mistakes_needs_no_database(
    rf: RequestFactory,
) -> None:
    response = errors.server_error(rf.get("/"))
    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert b"<h1" in response.content
    assert b"csrf" not in response.content


# --- Choices of the reader ---


def test_the_language_is_chosen_by_a_button_and_remembered(client: Client) -> None:
    response = client.post(reverse("site:language"), {"language": "en", "next": "/plan/"})
    assert response.headers["Location"] == "/plan/"
    assert '<html lang="en">' in client.get("/plan/").content.decode()


def test_larger_text_is_chosen_by_a_button_and_remembered(client: Client) -> None:
    address = reverse("site:text_size")
    client.post(address, {"size": "large", "next": "/plan/"})
    assert 'data-text="large"' in client.get("/plan/").content.decode()
    client.post(address, {"size": "normal", "next": "/plan/"})
    assert "data-text" not in client.get("/plan/").content.decode()


def test_a_choice_does_not_lead_to_another_site(client: Client) -> None:
    for name in ("site:text_size", "site:language"):
        response = client.post(reverse(name), {"next": "https://evil.example/"})
        assert response.headers["Location"] == "/"


def test_a_choice_is_never_made_by_following_a_link(client: Client) -> None:
    for name in ("site:text_size", "site:language"):
        assert client.get(reverse(name)).status_code == HTTPStatus.METHOD_NOT_ALLOWED
