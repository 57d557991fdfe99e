"""Taking files in: all or nothing, a second time nothing, and what was left out and why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError

from omzien.base.journal.models import Entry
from omzien.base.places.actions import Scope, import_batch, load_facts
from omzien.base.places.actions.reports import Tally, no_progress
from omzien.base.places.actions.storing_areas import (
    known_areas,
    parent_code,
    store_areas,
    store_changes,
    store_outlines,
    store_postcodes,
)
from omzien.base.places.actions.storing_figures import (
    new_figure,
    problem_of,
    store_figures,
    store_indicators,
    store_sources,
)
from omzien.base.places.importers.errors import OtherMunicipality
from omzien.base.places.importers.facts import read_facts
from omzien.base.places.importers.rows import AreaRow, FigureRow, IndicatorRow, SourceRow
from omzien.base.places.models import (
    Area,
    AreaChange,
    ImportRun,
    Indicator,
    Outline,
    Postcode,
    PublishedFigure,
    Source,
)
from tests.base.places.conftest import NOW, RAVI, TOWN, ZOETERMEER, batch_of

if TYPE_CHECKING:
    from omzien.base.places.actions import ImportReport
    from tests.base.places.conftest import Take

pytestmark = pytest.mark.django_db

ALL_FILES = [
    ("boundaries", "gemeente_2024_rd.geojson"),
    ("boundaries", "buurten_2024_wgs84.geojson"),
    ("key-figures", "kwb_statline_85984NED.csv"),
    ("key-figures", "kwb-2025.csv"),
    ("key-figures", "kwb_85984NED.json"),
    ("health-monitor", "rivm_50150NED.json"),
    ("postcodes", "pc4_2024.csv"),
    ("postcodes", "pc6-gwb2024.csv"),
    ("changes", "changes.csv"),
    ("own-figures", "own_figures.csv"),
    ("published-list", "published.csv"),
]
FIGURE = FigureRow("lonely", "ggd", "BU99010000", 2024, "2024", "18+", Decimal(40))
GGD = SourceRow("ggd", "GGD", "GGD")


def why(outcome: ImportReport) -> dict[str, int]:
    return {group.why: group.count for group in outcome.skipped}


# --- All of it -----------------------------------------------------------------------------------


def test_every_kind_of_file_changes_nothing_the_second_time(take: Take) -> None:
    for kind, name in ALL_FILES:
        first = take(kind, name)
        assert first.created + first.changed > 0, name
    for kind, name in ALL_FILES:
        again = take(kind, name)
        assert (again.created, again.changed) == (0, 0), name
        assert again.unchanged > 0, name


def test_a_dry_run_tells_the_same_and_changes_nothing(take: Take) -> None:
    before = (Area.objects.count(), ImportRun.objects.count(), Entry.objects.count())
    batch = batch_of("key-figures", "kwb_statline_85984NED.csv")
    tried = import_batch(batch, scope=TOWN, by=RAVI, now=NOW, dry_run=True)
    assert (Area.objects.count(), ImportRun.objects.count(), Entry.objects.count()) == before
    done = take("key-figures", "kwb_statline_85984NED.csv")
    assert tried.dry_run
    assert (tried.created, tried.skipped) == (done.created, done.skipped)


def test_an_import_that_breaks_half_way_leaves_nothing(take: Take) -> None:
    take("boundaries", "gemeente_2024_rd.geojson")
    before = (Area.objects.count(), PublishedFigure.objects.count(), Entry.objects.count())
    batch = batch_of("key-figures", "kwb_statline_85984NED.csv")
    broken = replace(batch, areas=(*batch.areas, AreaRow("BU9901 X", 2024, name="?")))
    with pytest.raises(IntegrityError, match="area_code_has_no_blanks"):
        import_batch(broken, scope=Scope("GM9901", "", all_areas=True), by=RAVI, now=NOW)
    after = (Area.objects.count(), PublishedFigure.objects.count(), Entry.objects.count())
    assert after == before


def test_progress_ends_at_one(take: Take) -> None:
    del take
    seen: list[float] = []
    batch = batch_of("key-figures", "kwb_statline_85984NED.csv")
    import_batch(batch, scope=TOWN, by=RAVI, now=NOW, report=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    no_progress(seen[-1])


def test_an_import_is_logged_and_in_the_journal(take: Take) -> None:
    take("own-figures", "own_figures.csv", scope=Scope("GM9901", "", all_areas=True))
    run = ImportRun.objects.latest("pk")
    assert (run.kind, run.file_name, len(run.sha256)) == ("own-figures", "own_figures.csv", 64)
    assert run.skipped == sum(group["count"] for group in run.skipped_why)
    entry = Entry.objects.get(subject_key=run.key)
    assert (entry.verb, entry.reason) == ("places.imported", "own-figures")
    assert str(run) == "own-figures own_figures.csv"


# --- Of which municipality -----------------------------------------------------------------------


def test_only_this_municipality_and_the_country_are_kept(take: Take) -> None:
    outcome = take("key-figures", "kwb-2025.csv")
    assert not Area.objects.filter(code="BU88010000").exists()
    assert "another municipality" in why(outcome)


def test_all_areas_are_kept_when_asked(take: Take) -> None:
    take("key-figures", "kwb-2025.csv", scope=Scope("GM9901", "", all_areas=True))
    assert Area.objects.filter(code="BU88010000", division_year=2025).exists()


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("key-figures", "kwb-2025.csv"),
        ("boundaries", "buurten_2024_rd.geojson"),
        ("health-monitor", "rivm_50150NED.json"),
        ("english-small-areas", "lsoa.csv"),
        ("postcodes", "pc6-gwb2024.csv"),
    ],
)
def test_a_file_of_another_municipality_changes_nothing(take: Take, kind: str, name: str) -> None:
    before = (Area.objects.count(), ImportRun.objects.count())
    with pytest.raises(OtherMunicipality, match="Zoetermeer, GM0637"):
        take(kind, name, scope=ZOETERMEER)
    assert (Area.objects.count(), ImportRun.objects.count()) == before


def test_english_areas_come_in_when_all_are_wanted(take: Take) -> None:
    take("english-small-areas", "lsoa.csv", scope=Scope("GM9901", "", all_areas=True))
    area = Area.objects.get(code="E01000001")
    assert area.parent is not None
    assert area.parent.name == "England"


# --- Areas ---------------------------------------------------------------------------------------


def test_areas_stand_in_what_their_code_names_even_when_that_comes_later(take: Take) -> None:
    take("boundaries", "buurten_2024_wgs84.geojson")
    assert Area.objects.get(code="BU99010000").parent is None
    take("key-figures", "kwb_statline_85984NED.csv")
    assert Area.objects.get(code="BU99010000").parent == Area.objects.get(code="WK990100")
    assert parent_code("BU99010000") == "WK990100"
    assert parent_code("NL00") == ""


def test_an_area_without_a_name_gets_it_from_a_later_file(take: Take) -> None:
    take("key-figures", "kwb_85984NED.json")
    assert Area.objects.get(code="BU99010000").name == "BU99010000"
    take("boundaries", "buurten_2024_rd.geojson")
    assert Area.objects.get(code="BU99010000").name == "Oudebrug"


def test_the_same_code_and_name_is_the_same_area_in_another_division(take: Take) -> None:
    take("key-figures", "kwb_statline_85984NED.csv")
    take("key-figures", "kwb-2025.csv")
    joined = AreaChange.objects.filter(before__code="BU99010000", after__division_year=2025)
    assert [change.share for change in joined] == [1]


def test_a_code_that_is_used_again_under_another_name_is_not_the_same_area() -> None:
    rows = [
        AreaRow("WK063705", 2024, name="Rokkeveen"),
        AreaRow("WK063705", 2025, name="Meerzicht"),
        AreaRow("BU99010101", 2024),
        AreaRow("BU99010101", 2025),
    ]
    store_areas(rows, Tally(), gentle=False)
    assert AreaChange.objects.count() == 0
    assert set(known_areas([("WK063705", 2025)])) == {("WK063705", 2025)}


def test_the_same_area_twice_in_a_file_is_counted_once() -> None:
    tally = Tally()
    store_areas([AreaRow("GM9901", 2024, name="A"), AreaRow("GM9901", 2024)], tally, gentle=False)
    assert tally.created == 1
    assert dict(tally.reasons) == {"twice in the file": ["GM9901"]}


def test_store_outlines_keeps_borders_shared_in_the_drawing(take: Take) -> None:
    take("boundaries", "buurten_2024_rd.geojson")
    outline = Outline.objects.get(area__code="BU99010000")
    assert outline.sketch["type"] == "Polygon"
    batch = batch_of("boundaries", "buurten_2024_rd.geojson")
    moved = replace(batch.outlines[0], geometry=batch.outlines[1].geometry)
    tally = Tally()
    store_outlines([moved], outline.source, tally)
    assert tally.changed == 1
    outline.refresh_from_db()
    assert outline.geometry == batch.outlines[1].geometry
    assert str(outline) == f"outline {outline.pk}"


def test_a_postcode_goes_where_its_point_lies_and_a_box_nowhere(take: Take) -> None:
    take("boundaries", "buurten_2024_rd.geojson")
    take("postcodes", "pc4_2024.csv")
    places = {p.code: p.area and p.area.name for p in Postcode.objects.filter(code__gte="9000")}
    assert places == {"9900": None, "9901": "Oudebrug", "9902": "Molenwijk"}


def test_a_postcode_in_an_unknown_neighbourhood_is_left_out(take: Take) -> None:
    outcome = take("postcodes", "pc6-gwb2024.csv")
    assert why(outcome)["neighbourhood unknown in the division of 2024"] == 2
    store_postcodes([], Tally())


def test_a_postcode_that_moved_is_changed(take: Take) -> None:
    take("boundaries", "buurten_2024_rd.geojson")
    take("postcodes", "pc6-gwb2024.csv")
    batch = batch_of("postcodes", "pc6-gwb2024.csv")
    tally = Tally()
    store_postcodes([replace(batch.postcodes[0], area_code="BU99010101")], tally)
    assert tally.changed == 1
    moved = Postcode.objects.get(code="9901AA")
    assert moved.area is not None
    assert moved.area.name == "De Weide"


def test_a_concordance_between_unknown_areas_is_left_out(take: Take) -> None:
    take("key-figures", "kwb_statline_85984NED.csv")
    take("key-figures", "kwb-2025.csv")
    outcome = take("changes", "changes.csv")
    # One is there already by its name, but on another basis; two have an unknown area.
    assert (outcome.changed, why(outcome)["one of the areas is unknown"]) == (1, 2)


def test_a_share_that_is_new_is_kept(town: None, take: Take) -> None:
    del town
    take("key-figures", "kwb-2025.csv")
    row = batch_of("changes", "changes.csv").changes[1]
    tally = Tally()
    store_changes([replace(row, after_code="BU99010001")], tally)
    assert tally.created == 1
    assert [each.share for each in AreaChange.objects.filter(share__lt=1)] == [row.share]


# --- Figures -------------------------------------------------------------------------------------


def test_a_figure_of_an_unknown_area_or_indicator_is_left_out(take: Take) -> None:
    outcome = take("health-monitor", "rivm_50120NED.csv")
    assert any("area unknown in the division of 2022" in reason for reason in why(outcome))
    take("boundaries", "buurten_2024_rd.geojson")
    tally = Tally()
    sources = store_sources([GGD])
    rows = [replace(FIGURE, indicator="happy"), replace(FIGURE, group="oud")]
    store_figures(rows, sources, tally, gentle=False, now=NOW, report=no_progress)
    assert dict(tally.reasons) == {
        "unknown indicator 'happy'": ["BU99010000 happy 2024 18+"],
        "age group 'oud' is not of the form 18+ or 18-64": ["BU99010000 lonely 2024 oud"],
    }


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, ""),
        ({"lower": Decimal(30), "upper": Decimal(50)}, ""),
        ({"value": None, "reason": "too-few"}, ""),
        ({"period": "lang geleden"}, "is not a year"),
        ({"group": "oud"}, "is not of the form"),
        ({"value": None}, "needs a value or a reason"),
        ({"reason": "too-few"}, "needs a value or a reason"),
        ({"lower": Decimal(30)}, "an interval needs"),
        ({"lower": Decimal(50), "upper": Decimal(60)}, "outside its interval"),
    ],
)
def test_problem_of_a_figure_is_said_before_the_database_says_it(
    changes: dict[str, Any], problem: str
) -> None:
    row = replace(FIGURE, **changes)
    assert problem in problem_of(row)
    assert bool(problem) == bool(problem_of(row))


def test_a_new_value_changes_the_figure_and_a_blank_wipes_no_note(town: None) -> None:
    del town
    sources = store_sources([GGD])
    noted = replace(FIGURE, note="Afgerond.", base=812)
    later = replace(FIGURE, value=Decimal(41))
    for row in (noted, later):
        tally = Tally()
        store_figures([row], sources, tally, gentle=False, now=NOW, report=no_progress)
    figure = PublishedFigure.objects.get(source=sources["ggd"])
    assert tally.changed == 1
    assert [figure.value, figure.note, figure.base] == [Decimal(41), "Afgerond.", 812]


def test_a_figure_twice_in_a_file_is_left_out_once(town: None) -> None:
    del town
    tally = Tally()
    rows = [FIGURE, replace(FIGURE, value=Decimal(41))]
    store_figures(rows, store_sources([GGD]), tally, gentle=False, now=NOW, report=no_progress)
    assert PublishedFigure.objects.get(source__slug="ggd").value == 40
    assert "twice in the file" in tally.reasons


def test_a_measured_figure_leads_before_a_modelled_one(town: None) -> None:
    del town
    store_figures(
        [FIGURE], store_sources([GGD]), Tally(), gentle=False, now=NOW, report=no_progress
    )
    same = PublishedFigure.objects.filter(
        area__code="BU99010000", indicator__slug="lonely", period="2024", group="18+"
    )
    assert {f.source.slug: f.leading for f in same} == {
        "ggd": True,
        "rivm-gezondheid-per-buurt-2024": False,
    }


def test_of_two_measured_figures_the_first_leads(town: None) -> None:
    del town
    for slug in ("ggd", "peiling"):
        sources = store_sources([SourceRow(slug, slug, slug)])
        row = replace(FIGURE, source=slug)
        store_figures([row], sources, Tally(), gentle=False, now=NOW, report=no_progress)
    assert PublishedFigure.objects.get(source__slug="ggd").leading
    assert not PublishedFigure.objects.get(source__slug="peiling").leading


def test_new_figure_without_a_value_is_not_shown(town: None) -> None:
    del town
    figure = new_figure(
        replace(FIGURE, value=None, reason="too-few"),
        Indicator.objects.get(slug="lonely"),
        Area.objects.get(code="BU99010000"),
        store_sources([GGD])["ggd"],
        now=NOW,
    )
    assert figure.suppressed
    assert figure.pk is None


def test_the_wording_of_an_indicator_can_be_mended() -> None:
    row = IndicatorRow("kind", "Aardig", "Kind", "…", "…", series="own", unit="percent")
    for title, outcome in (("Aardig", "created"), ("Aardig", "unchanged"), ("Lief", "changed")):
        tally = Tally()
        store_indicators([replace(row, title=title)], tally)
        assert getattr(tally, outcome) == 1
    assert Indicator.objects.get(slug="kind").title == "Lief"


def test_a_source_keeps_its_name() -> None:
    store_sources([GGD])
    store_sources([replace(GGD, title="Iets anders")])
    assert Source.objects.get(slug="ggd").title == "GGD"


# --- The facts -----------------------------------------------------------------------------------


def test_load_facts_brings_the_figures_of_the_action_plan(facts: ImportReport) -> None:
    assert facts.skipped == ()
    found = {
        (f.indicator.slug, f.period, f.group): f.value
        for f in PublishedFigure.objects.filter(area__code="GM0637").select_related("indicator")
    }
    assert found["lonely-moderate", "2016", "19+"] == 33
    assert found["lonely-severe", "2016", "19+"] == 12
    assert found["lonely", "2016", "19+"] == 46
    assert found["lonely", "2016", "19-64"] == 45
    assert found["lonely", "2016", "65+"] == 48
    assert found["lonely-people", "2016", "19+"] == 42_000
    assert found["city-survey-lonely", "2018", "18+"] == 37
    assert found["inhabitants", "2024", "all"] == 128_435
    assert found["inhabitants", "2024", "65+"] == 26_905


def test_the_facts_hold_every_neighbourhood_and_district_with_a_place(
    facts: ImportReport,
) -> None:
    del facts
    areas = Area.objects.filter(division_year=2024).exclude(x=None)
    assert areas.filter(kind="neighbourhood").count() == 26
    assert areas.filter(kind="district").count() == 9
    assert PublishedFigure.objects.exclude(source__url="").count() == (
        PublishedFigure.objects.count()
    )
    assert Postcode.objects.filter(box=True).count() == 3
    assert Postcode.objects.filter(box=False, area__isnull=False).count() == 17


def test_load_facts_twice_changes_nothing(facts: ImportReport) -> None:
    again = load_facts(scope=ZOETERMEER, by=RAVI, now=NOW)
    assert (again.created, again.changed) == (0, 0)
    assert again.unchanged == facts.created


def test_another_town_gets_the_indicators_and_the_country_only() -> None:
    outcome = load_facts(scope=TOWN, by=RAVI, now=NOW)
    assert set(Indicator.objects.values_list("slug", "version")) == {
        (row.slug, row.version) for row in read_facts().indicators
    }
    assert set(Area.objects.values_list("code", flat=True)) == {"NL00"}
    assert why(outcome).keys() == {"another municipality"}


def test_the_facts_never_overwrite_what_was_imported(facts: ImportReport) -> None:
    del facts
    Area.objects.filter(code="BU06370001", division_year=2024).update(x=93_000.0, name="Dorpje")
    PublishedFigure.objects.filter(
        area__code="BU06370001", indicator__slug="inhabitants", group="all"
    ).update(value=5_105)
    again = load_facts(scope=ZOETERMEER, by=RAVI, now=NOW)
    assert again.changed == 0
    assert Area.objects.get(code="BU06370001", division_year=2024).name == "Dorpje"
