"""Buurt in beeld: what is shown, what is not, and how it is said."""

from __future__ import annotations

import csv
import io
import json
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from omzien.base.places.models import Area, AreaKind, Indicator, Outline, PublishedFigure, Source
from omzien.base.places.queries import area_page
from omzien.site.api import harmless
from omzien.site.queries.area import told_of
from omzien.site.queries.drawing import address_of
from omzien.site.queries.neighbourhoods import Wish, choices, neighbourhoods
from omzien.site.queries.town import figure_of_town, hundred_people

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

    from omzien.site.queries.neighbourhoods import Neighbourhoods

MAP = reverse("site:neighbourhoods")
EXAMPLE = {"onderwerp": "example-lonely"}
STADSCENTRUM = "/buurten/2024/BU06370002/stadscentrum/"
WITHOUT_INSIGHT = ["community", "outreach", "interventions", "volunteering"]


def found(**wish: str) -> Neighbourhoods:
    answer = neighbourhoods(Wish(**wish))
    assert answer is not None
    return answer


def page(client: Client, address: str, query: dict[str, str] | None = None) -> str:
    response = client.get(address, query or {}, HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == HTTPStatus.OK
    return " ".join(response.content.decode().split())


# --- Choosing ---


@pytest.mark.usefixtures("town")
def test_without_a_choice_real_figures_on_the_map_come_first() -> None:
    shown = found().shown
    assert mapped(found()) > 20
    assert not shown.indicator.invented
    assert (shown.kind, shown.group) == (AreaKind.NEIGHBOURHOOD, "all")


def mapped(answer: Neighbourhoods) -> int:
    return sum(row.class_number is not None for row in answer.rows)


@pytest.mark.usefixtures("town")
def test_a_choice_that_is_not_offered_is_answered_with_the_nearest() -> None:
    shown = found(indicator="example-lonely", period="1875", group="7-9", kind="planet").shown
    assert (shown.period, shown.group, shown.kind) == ("2024", "18+", AreaKind.NEIGHBOURHOOD)


@pytest.mark.usefixtures("town")
def test_a_choice_of_year_is_kept() -> None:
    assert found(indicator="example-lonely", period="2020").shown.period == "2020"


@pytest.mark.usefixtures("town")
def test_the_newest_definition_with_figures_is_shown() -> None:
    first = Indicator.objects.get(slug="example-lonely")
    newest = Indicator.objects.get(slug="example-lonely")
    newest.pk, newest.version = None, 2
    newest.save()
    assert found(indicator="example-lonely").indicator.version == 1
    PublishedFigure.objects.filter(indicator=first, period="2024").update(indicator=newest)
    assert found(indicator="example-lonely").indicator.version == 2


@pytest.mark.usefixtures("town")
def test_areas_sort_by_name_and_never_by_figure() -> None:
    names = [row.area.name for row in found(indicator="example-lonely").rows]
    assert names == sorted(names, key=str.casefold)


@pytest.mark.django_db
def test_before_the_first_import_the_page_says_what_to_do(client: Client) -> None:
    assert "There are no figures here yet" in page(client, MAP)
    table = client.get(reverse("site:figures_csv")).content.decode()
    assert len(table.splitlines()) == 1
    assert client.get(reverse("site:figures_geojson")).json()["features"] == []


# --- The published figures of the town ---


@pytest.mark.usefixtures("town")
def test_the_numbers_of_the_action_plan_are_shown_with_source_and_age(client: Client) -> None:
    lonely = page(client, MAP, {"onderwerp": "lonely", "jaar": "2016"})
    assert '<span class="big-figure__number">46</span> of every 100' in lonely
    assert "GGD Haaglanden" in lonely
    assert "19 years and older" in lonely
    assert "42.000" in lonely
    for slug, number in (("lonely-moderate", "33"), ("lonely-severe", "12")):
        assert f'<span class="big-figure__number">{number}</span>' in page(
            client, MAP, {"onderwerp": slug, "jaar": "2016"}
        )
    assert '<span class="big-figure__number">37</span>' in page(
        client, MAP, {"onderwerp": "city-survey-lonely"}
    )


@pytest.mark.usefixtures("town")
def test_the_country_is_followed_through_the_years(client: Client) -> None:
    lonely = page(client, MAP, {"onderwerp": "lonely"})
    assert "Nederland through the years" in lonely
    for period in ("2012", "2016", "2020", "2022"):
        assert f'<th scope="row">{period}</th>' in lonely
    assert "From 2020 the figure is about 18 years and older" in lonely


@pytest.mark.usefixtures("town")
def test_a_subject_without_figures_by_neighbourhood_says_so_and_leaves_the_map_white(
    client: Client,
) -> None:
    lonely = page(client, MAP, {"onderwerp": "lonely"})
    assert "Per neighbourhood nobody has published a figure on this subject." in lonely
    assert '<use href="#a1" class="class-' not in lonely
    assert lonely.count('fill="url(#hatch)"') == 26


@pytest.mark.usefixtures("town")
def test_the_home_page_tells_one_figure_with_its_source(client: Client) -> None:
    home = page(client, reverse("site:home"))
    assert '<span class="big-figure__number">46</span>' in home
    assert home.count("one--counted") == 46
    assert "Source:" in home


# --- How it is said ---


@pytest.mark.usefixtures("town")
def test_an_estimate_is_called_so_and_its_interval_is_said_in_words(client: Client) -> None:
    example = page(client, MAP, EXAMPLE)
    assert ">estimate</span>" in example
    assert "These figures are not real." in example
    row = next(row for row in found(indicator="example-lonely").rows if row.figure)
    assert row.figure is not None
    sentence = f"between {row.figure.lower:.0f} and {row.figure.upper:.0f} of every 100, estimate"
    assert f"{row.area.name}: {row.figure.value:.0f} of every 100, {sentence}" in example


@pytest.mark.usefixtures("town")
def test_a_figure_that_is_not_shown_has_its_reason_on_the_map_and_in_the_table(
    client: Client,
) -> None:
    hidden = next(row for row in found(indicator="example-lonely").rows if row.why_none)
    example = page(client, MAP, EXAMPLE)
    assert f'aria-label="{hidden.area.name}: Too few people live here' in example
    assert example.count("Too few people live here") >= 3


@pytest.mark.usefixtures("town")
def test_a_schematic_map_is_called_so(client: Client) -> None:
    assert "Schematic map" in page(client, MAP)


@pytest.mark.usefixtures("town")
def test_with_the_official_outlines_the_map_names_their_source(client: Client) -> None:
    source = Source.objects.create(slug="pdok", title="Wijk- en buurtkaart 2024", publisher="CBS")
    for area in Area.objects.filter(kind=AreaKind.NEIGHBOURHOOD, division_year=2024):
        outline = square(area.x or 0.0, area.y or 0.0)
        Outline.objects.create(area=area, geometry=outline, sketch=outline, source=source)
    for text in (page(client, MAP), page(client, STADSCENTRUM)):
        assert "Schematic map" not in text
    assert "Borders: Wijk- en buurtkaart 2024, CBS." in page(client, MAP)


def square(x: float, y: float, half: float = 200.0) -> dict[str, object]:
    west, east, south, north = x - half, x + half, y - half, y + half
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.mark.usefixtures("town")
def test_an_area_without_a_place_is_in_the_table_and_named_below_the_map(client: Client) -> None:
    Area.objects.filter(code="BU06370002").update(x=None, y=None)
    text = page(client, MAP)
    assert "Not on the map, but in the table: Stadscentrum." in text
    assert text.count(f'href="{STADSCENTRUM}"') == 1


@pytest.mark.usefixtures("town")
def test_without_any_place_there_is_a_table_and_no_map(client: Client) -> None:
    Area.objects.update(x=None, y=None)
    text = page(client, MAP)
    assert '<svg class="map"' not in text
    assert text.count(f'href="{STADSCENTRUM}"') == 1


@pytest.mark.usefixtures("town")
def test_every_area_on_the_map_is_a_link_to_its_page_and_is_in_the_table(client: Client) -> None:
    text = page(client, MAP)
    for row in found().rows:
        assert text.count(f'href="{address_of(row.area)}"') == 2


# --- A line that is not in use ---


@pytest.mark.usefixtures("town")
def test_without_the_line_of_insight_only_the_population_remains(
    client: Client, settings: Settings
) -> None:
    settings.LINES_IN_USE = WITHOUT_INSIGHT
    assert {choice.indicator.line for choice in choices()} == {""}
    for address in (MAP, STADSCENTRUM):
        text = page(client, address, EXAMPLE if address == MAP else None)
        assert "Figures about loneliness: <span" in text
        assert "not in use here" in text
        assert "onely (" not in text
    home = page(client, reverse("site:home"))
    assert "people lived in Zoetermeer in 2024" in home


@pytest.mark.usefixtures("town")
def test_the_figure_of_the_town_follows_the_lines_in_use(settings: Settings) -> None:
    lonely = figure_of_town()
    assert lonely is not None
    assert sum(counted for _x, _y, counted in hundred_people(lonely)) == 46
    settings.LINES_IN_USE = WITHOUT_INSIGHT
    people = figure_of_town()
    assert people is not None
    assert people.indicator.slug == "inhabitants"


@pytest.mark.usefixtures("town")
def test_a_figure_of_the_country_alone_is_not_told_as_the_towns() -> None:
    PublishedFigure.objects.exclude(area__code="NL00").delete()
    assert figure_of_town() is None


@pytest.mark.django_db
def test_a_town_without_figures_has_none_on_its_home_page() -> None:
    assert figure_of_town() is None


# --- The page of an area ---


@pytest.mark.usefixtures("town")
def test_an_area_has_a_lasting_address(client: Client) -> None:
    assert page(client, STADSCENTRUM).count("Stadscentrum") > 3
    moved = client.get("/buurten/2024/BU06370002/oude-naam/")
    assert (moved.status_code, moved.headers["Location"]) == (
        HTTPStatus.MOVED_PERMANENTLY,
        STADSCENTRUM,
    )
    newest = client.get("/buurten/BU06370002/")
    assert (newest.status_code, newest.headers["Location"]) == (HTTPStatus.FOUND, STADSCENTRUM)


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    "address",
    ["/buurten/BU99999999/", "/buurten/2024/BU99999999/x/", "/buurten/1999/BU06370002/x/"],
)
def test_an_area_that_is_not_known_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.usefixtures("town")
def test_the_page_of_an_area_begins_with_everybody_and_compares_with_the_town(
    client: Client,
) -> None:
    area = area_page("BU06370002", 2024)
    assert area is not None
    subjects = {subject.indicator.slug: subject for subject in told_of(area)}
    assert [beside.figure.group for beside in subjects["inhabitants"].figures][:2] == [
        "all",
        "0-14",
    ]
    assert "Zoetermeer: 128,435 people." in page(client, STADSCENTRUM)


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("code", ["NL00", "GM0637", "WK063700"])
def test_country_town_and_district_have_a_page_too(client: Client, code: str) -> None:
    response = client.get(f"/buurten/{code}/", follow=True)
    assert response.status_code == HTTPStatus.OK


# --- To take away ---


@pytest.mark.usefixtures("town")
def test_the_table_can_be_taken_away(client: Client) -> None:
    response = client.get(reverse("site:figures_csv"), EXAMPLE)
    text = response.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert len(rows) == len(found(indicator="example-lonely").rows)
    shown = next(row for row in rows if row["value"])
    assert float(shown["lower"]) <= float(shown["value"]) <= float(shown["upper"])
    assert (shown["modelled"], shown["source"]) == ("True", "Voorbeeldcijfers (verzonnen)")
    hidden = next(row for row in rows if not row["value"])
    assert hidden["not_shown_because"]


@pytest.mark.usefixtures("town")
def test_the_map_can_be_taken_away(client: Client) -> None:
    response = client.get(reverse("site:figures_geojson"), EXAMPLE)
    assert response.headers["Content-Type"] == "application/geo+json"
    collection = json.loads(response.content)
    first = collection["features"][0]
    assert collection["type"] == "FeatureCollection"
    assert first["id"] == first["properties"]["area_code"]
    longitude, latitude = first["geometry"]["coordinates"]
    assert 4.3 < longitude < 4.7
    assert 51.9 < latitude < 52.2


def test_a_name_cannot_become_a_formula_in_a_spreadsheet() -> None:
    assert harmless("=1+1") == "'=1+1"
    assert harmless("Meerzicht") == "Meerzicht"
    assert harmless(-5) == -5


# --- Fast, and never stale ---


def queries_of(client: Client, address: str, query: dict[str, str]) -> int:
    # The first reader waits for the shapes to be drawn; they are kept apart from the pages.
    client.get(address, query)
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, query).status_code == HTTPStatus.OK
    return len(captured)


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("address", [MAP, STADSCENTRUM, reverse("site:figures_csv")])
def test_the_number_of_queries_does_not_grow_with_the_number_of_areas(
    client: Client, address: str
) -> None:
    query = EXAMPLE if address != STADSCENTRUM else {}
    many = queries_of(client, address, query)
    kept = Area.objects.filter(code__in=["BU06370002", "BU06370003", "WK063700", "GM0637", "NL00"])
    PublishedFigure.objects.exclude(area__in=kept).delete()
    assert queries_of(client, address, query) == many
    # The page of an area also says what there is to do there.
    assert many <= (11 if address == STADSCENTRUM else 10)


@pytest.mark.usefixtures("town")
def test_a_page_from_memory_asks_the_database_nothing(client: Client) -> None:
    first = client.get(MAP, EXAMPLE).content
    with CaptureQueriesContext(connection) as captured:
        again = client.get(MAP, EXAMPLE).content
    assert (len(captured), again) == (0, first)


@pytest.mark.usefixtures("town")
def test_the_memory_keeps_languages_and_sizes_of_letters_apart(client: Client) -> None:
    assert 'lang="en"' in client.get(MAP, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert '<html lang="nl"' in client.get(MAP, HTTP_ACCEPT_LANGUAGE="nl").content.decode()
    client.cookies["omzien_text"] = "large"
    assert 'data-text="large"' in client.get(MAP).content.decode()


@pytest.mark.usefixtures("town")
def test_new_figures_are_shown_as_soon_as_the_version_is_read_again(client: Client) -> None:
    before = client.get(MAP, EXAMPLE).content
    PublishedFigure.objects.filter(indicator__slug="example-lonely", period="2024").delete()
    assert client.get(MAP, EXAMPLE).content == before
    PublishedFigure.objects.filter(indicator__slug="lonely").update(
        published_at="2027-01-01T00:00Z"
    )
    caches["pages"].delete("data-version")
    assert client.get(MAP, EXAMPLE).content != before


@pytest.mark.usefixtures("town")
def test_words_that_nobody_knows_are_not_kept_in_memory(client: Client) -> None:
    client.get(MAP, {"naam": "de-vries"})
    after = client.get(MAP).content.decode()
    assert "de-vries" not in after


@pytest.mark.usefixtures("town")
def test_the_memory_is_not_for_who_has_a_session(client: Client) -> None:
    client.get(MAP)
    client.cookies["omzien_session"] = "anything"
    with CaptureQueriesContext(connection) as captured:
        client.get(MAP)
    assert len(captured) > 3
