"""Other directories: fetched page by page, understood, known again, and never half taken in."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from dataclasses import replace
from datetime import date, time
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from omzien.base.catalogue.importers.rows import (
    Batch,
    ChangeRow,
    LineRow,
    LocationRow,
    OfferRow,
    OrganisationRow,
)
from omzien.base.catalogue.models import Location, Offer
from omzien.base.exchange import clients
from omzien.base.exchange.actions.importing import follow, import_batch
from omzien.base.exchange.clients import CannotFetch, NotAWebAddress, NotPublic, fetch
from omzien.base.exchange.importers import errors
from omzien.base.exchange.importers.hsds.pages import page_of
from omzien.base.exchange.importers.hsds.records import read_services
from omzien.base.exchange.importers.hsds.schedules import OddSchedule, lines_of
from omzien.base.exchange.importers.hsds.tabular import read_tables
from omzien.base.exchange.queries.checks import checked, left_alone
from omzien.base.exchange.queries.known import TooManyGone, known_for
from omzien.base.journal.models import Entry
from omzien.base.network.models import Organisation
from tests.base.exchange.directory import ADVICE, HALL, SERVICES, STROLL, WALKERS, Directory
from tests.base.exchange.town import BY, NOW, PIANO, fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings

THERE = "Elsewhere"
CLUB = OrganisationRow("Club", sector="sport")
WALK = OfferRow(
    name="Walk", organisation="Club", summary="We walk.", kind="activity", source_id="w1"
)


@pytest.fixture
def asked() -> list[str]:
    """Return the addresses that were asked for."""
    return []


@pytest.fixture
def there(asked: list[str], settings: Settings) -> Iterator[str]:
    """Start another directory on this machine, and give its address."""
    settings.FETCH_PRIVATE = True
    handler = type("Handler", (Directory,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def _town(db: None) -> None:
    del db
    fill()


def bring_in(*arguments: str) -> str:
    out = io.StringIO()
    call_command("import_offers", *arguments, stdout=out)
    return out.getvalue()


def batch(*offers: OfferRow, source: str = THERE, **more: Any) -> Batch:  # noqa: ANN401 - rows
    return Batch("test", source, **({"organisations": (CLUB,)} | more), offers=offers)


# --- Fetching -----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("_town")
def test_another_directory_is_brought_in_page_by_page(there: str, asked: list[str]) -> None:
    told = bring_in("hsds-api", f"{there}/hsds", "--name", THERE)
    assert (
        "Done: Elsewhere: 3 new, 0 changed, 0 the same, 0 stopped, 3 left out or mended." in told
    )
    assert "It has no name." in told or "Het heeft geen naam." in told
    assert [path.rpartition("page=")[2] for path in asked] == ["1", "2", "3"]
    again = bring_in("hsds-api", f"{there}/hsds/", "--name", THERE)
    assert "0 new, 0 changed, 3 the same" in again


@pytest.mark.django_db
@pytest.mark.usefixtures("_town")
def test_only_what_changed_since_can_be_asked_and_then_nothing_stops(
    there: str, asked: list[str]
) -> None:
    bring_in("hsds-api", f"{there}/hsds", "--name", THERE)
    del asked[:]
    since = "2026-10-15T00:00:00+00:00"
    told = bring_in("hsds-api", f"{there}/hsds", "--name", THERE, "--modified-after", since)
    assert "0 new, 0 changed, 1 the same, 0 stopped" in told
    assert all(f"modified_after={since}" in path for path in asked)
    assert len(asked) == 2
    with pytest.raises(CommandError, match="is a moment"):
        bring_in("hsds-api", f"{there}/hsds", "--modified-after", "yesterday")


@pytest.mark.parametrize("name", ["hsds", "short", "list", "endless"])
def test_directories_answer_in_different_ways(there: str, name: str) -> None:
    parts: list[float] = []
    found = clients.hsds_services(f"{there}/{name}", modified_after=None, report=parts.append)
    expected = SERVICES[:1] if name == "endless" else SERVICES
    assert found == list(expected)
    assert parts == sorted(parts)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("nothing", CannotFetch),
        ("half", CannotFetch),
        ("away", CannotFetch),
        ("page", errors.WebPage),
        ("wrong", errors.OtherShape),
    ],
)
def test_what_is_no_directory_is_refused_with_a_sentence(
    there: str, name: str, problem: type[errors.Refused]
) -> None:
    with pytest.raises(problem) as told:
        clients.hsds_services(f"{there}/{name}", modified_after=None, report=lambda _part: None)
    assert str(told.value).startswith(str(problem.__doc__))


def test_an_answer_that_is_too_large_or_too_slow_is_let_go(there: str) -> None:
    with pytest.raises(CannotFetch, match="larger"):
        fetch(f"{there}/hsds/services", at_most=10)
    with pytest.raises(CannotFetch, match="too long"):
        fetch(f"{there}/hsds/services", seconds=-1)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x.example/", "/etc", "https://"])
def test_only_web_addresses_are_fetched(address: str) -> None:
    with pytest.raises(NotAWebAddress):
        fetch(address)


def test_an_address_in_a_closed_network_is_not_fetched(
    there: str, settings: Settings, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FETCH_PRIVATE = False
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NotPublic):
        fetch(f"{there}/hsds/services")
    assert asked == []


# --- Reading ------------------------------------------------------------------------------------


def test_a_service_of_another_directory_is_understood() -> None:
    read = read_services([STROLL], source_name=THERE, words={"bewegen": ("theme", "bewegen")})
    hall, church = read.offers
    assert (hall.name, hall.summary, hall.description) == (
        "Stroll",
        "Walk along.",
        "Walk along. Everybody is welcome.",
    )
    assert (hall.kind, hall.status, hall.min_age) == ("activity", "active", 18)
    assert (hall.booking, hall.booking_note) == ("ask", "Just ring.")
    assert (hall.languages, hall.price_cents, hall.price_note) == (("nl", "tr"), 250, "")
    assert hall.terms == (("theme", "bewegen"),)
    assert hall.schedule == (LineRow(date(2026, 11, 2), time(10), 60, weekdays=(0, 3)),)
    assert (hall.location, church.location) == ("hall", "church")
    assert (hall.source_id, church.source_id) == ("stroll", "stroll-church")
    assert [(one.where, "byweekno" in one.why) for one in read.skipped] == [("Stroll", True)]


def test_a_location_and_an_organisation_of_another_directory_are_understood() -> None:
    read = read_services([STROLL], source_name=THERE)
    hall, party = read.locations[0], read.organisations[0]
    assert (hall.street, hall.postcode, hall.town) == ("Main Street 1", "2711AA", "Zoetermeer")
    assert hall.x is not None
    assert 90_000 < hall.x < 95_000
    assert (hall.step_free, hall.directions) == (None, "A ramp at the back")
    assert (party.phone, party.kvk_number) == ("+31 79 123 4567", "87654321")


def test_of_persons_nothing_is_read() -> None:
    assert "Persona" not in str(read_services([STROLL], source_name=THERE))
    assert "ann@" not in str(read_services([STROLL], source_name=THERE))


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": ""},
        {"organization": None},
        {"minimum_age": "a lot"},
        {"name": ["a", "list"]},
        {"cost_options": [{"amount": "much"}]},
        {"assured_date": "yesterday"},
    ],
)
def test_a_record_that_cannot_be_read_is_left_out_and_the_rest_is_not(
    wrong: dict[str, Any],
) -> None:
    read = read_services([ADVICE | wrong, STROLL], source_name=THERE)
    assert {offer.name for offer in read.offers} == {"Stroll"}
    assert len(read.skipped) == 2


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            {"valid_from": "2026-11-03", "opens_at": "09:30", "closes_at": "11:00"},
            LineRow(date(2026, 11, 3), time(9, 30), 90, "once"),
        ),
        (
            {"freq": "WEEKLY", "byday": "MO", "opens_at": "22:00Z", "closes_at": "01:00Z"},
            LineRow(date(2024, 1, 1), time(22), 180, weekdays=(0,)),
        ),
        (
            {
                "dtstart": "2026-11-03",
                "freq": "MONTHLY",
                "interval": "2.0",
                "byday": "2TU,-1TU",
                "valid_to": "2027-01-01",
                "opens_at": "10:00",
                "closes_at": "11:00",
            },
            LineRow(
                date(2026, 11, 3),
                time(10),
                60,
                "monthly",
                2,
                weekdays=(1,),
                weeks_of_month=(2, -1),
                until=date(2027, 1, 1),
            ),
        ),
    ],
)
def test_a_schedule_is_read_as_it_is_meant(said: dict[str, Any], expected: LineRow) -> None:
    assert lines_of(said) == (expected,)


@pytest.mark.parametrize(
    "odd",
    [
        {"dtstart": "2026-11-03"},
        {"opens_at": "10:00"},
        {"dtstart": "x", "opens_at": "10:00"},
        {"dtstart": "2026-11-03", "opens_at": "ten"},
        {"freq": "WEEKLY", "byday": "XX", "opens_at": "10:00"},
        {"freq": "WEEKLY", "bymonthday": "2", "opens_at": "10:00"},
        {"freq": "WEEKLY", "interval": "1.5", "dtstart": "2026-11-03", "opens_at": "10:00"},
        {"freq": "WEEKLY", "interval": 2, "opens_at": "10:00"},
    ],
)
def test_a_schedule_without_sense_is_refused(odd: dict[str, Any]) -> None:
    with pytest.raises(OddSchedule):
        lines_of(odd)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b" ", errors.Empty),
        (b"<html><body>", errors.WebPage),
        (b'{"a": "\xff"}', errors.WrongLetters),
        ('{"id": 1}'.encode("utf-16-le"), errors.WrongLetters),
        (b'{"contents": [', errors.HalfOfIt),
        (b"[" * 100_000 + b"]" * 100_000, errors.OtherShape),
        (b"3", errors.OtherShape),
        (b'{"contents": 3}', errors.OtherShape),
        (b"{}", errors.OtherShape),
    ],
)
def test_an_answer_that_is_none_is_refused(data: bytes, problem: type[errors.Refused]) -> None:
    with pytest.raises(problem):
        page_of(data)


def test_tables_in_a_folder_are_put_together(tmp_path: Path) -> None:
    tables = {
        "organizations": "id,name,description\no1,Walkers,They walk",
        "services": "id,organization_id,name,status\ns1,o1,Stroll,active",
        "locations": "id,location_type,name\nl1,physical,Town Hall",
        "service_at_locations": "id,service_id,location_id\nx1,s1,l1",
        "addresses": "id,location_id,address_1,city\na1,l1,Main Street 1,Zoetermeer",
        "schedules": "id,service_id,freq,byday,opens_at\nd1,s1,WEEKLY,MO,10:00",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    read = read_services(read_tables(tmp_path), source_name=THERE)
    assert read.skipped == ()
    assert (read.offers[0].location, read.locations[0].street) == ("l1", "Main Street 1")
    assert len(read.offers[0].schedule) == 1


def test_tables_that_are_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.Missing):
        read_tables(tmp_path / "nowhere")
    with pytest.raises(errors.Missing, match=r"services\.csv"):
        read_tables(tmp_path)
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(errors.OtherShape):
        read_tables(broken)


def test_a_zip_that_would_fill_the_memory_is_refused_before_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("omzien.base.exchange.importers.hsds.tabular.LARGEST_WHOLE", 1_000)
    path = tmp_path / "large.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("services.csv", "x" * 2_000)
    with pytest.raises(errors.TooLarge):
        read_tables(path)


# --- Taking in ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_batch_of_which_nothing_can_be_used_is_refused_whole() -> None:
    with pytest.raises(errors.NothingOfUse):
        import_batch(batch(replace(WALK, name="")), by=BY, now=NOW)
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_a_dry_run_says_what_it_would_do_and_does_nothing() -> None:
    done = import_batch(batch(WALK), by=BY, now=NOW, dry_run=True)
    assert done.created == 1
    assert not Offer.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_what_is_gone_there_stops_here_but_not_when_most_is_gone() -> None:
    rows = [replace(WALK, name=f"Walk {n}", source_id=f"w{n}") for n in range(12)]
    import_batch(batch(*rows), by=BY, now=NOW)
    left = {row.source_id for row in rows[:10]}
    assert import_batch(batch(*rows[:10]), by=BY, now=NOW, present=left).ended == 2
    assert set(Offer.objects.filter(status="ended").values_list("source_id", flat=True)) == {
        "w10",
        "w11",
    }
    with pytest.raises(TooManyGone):
        import_batch(batch(rows[0]), by=BY, now=NOW, present={"w0"})
    assert Offer.objects.exclude(status="ended").count() == 10


@pytest.mark.django_db
@pytest.mark.usefixtures("_town")
def test_what_is_kept_here_is_left_alone_and_told() -> None:
    row = replace(PIANO, name="Taken over", source_id="p", organisation="Club", location="")
    done = import_batch(batch(row, WALK), by=BY, now=NOW)
    assert (done.created, done.changed) == (1, 0)
    assert left_alone(row) in done.skipped
    assert Offer.objects.filter(name="Pianoclub", key=row.key or "").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("_town")
def test_words_for_professionals_stay_when_the_source_says_something_new() -> None:
    import_batch(batch(WALK), by=BY, now=NOW)
    offer = Offer.objects.get(source_id="w1")
    layer = Offer.objects.get(name="Pianoclub").terms.get(taxonomy="layer")
    offer.terms.add(layer)
    changed = replace(WALK, summary="We run.", terms=(("theme", "bewegen"),))
    assert import_batch(batch(changed), by=BY, now=NOW).changed == 1
    assert set(offer.terms.values_list("taxonomy", flat=True)) == {"layer", "theme"}


@pytest.mark.django_db
def test_organisations_and_locations_that_only_the_source_uses_follow_it() -> None:
    party = replace(CLUB, key=PIANO.key)
    place = LocationRow("Hall", street="Main Street 1", key=PIANO.key, ref="hall")
    row = replace(WALK, location="hall")
    import_batch(batch(row, organisations=(party,), locations=(place,)), by=BY, now=NOW)
    new = batch(
        row,
        organisations=(replace(party, phone="079 123"),),
        locations=(replace(place, directions="Left, then right"),),
    )
    follow(new, known_for(new), by=BY, now=NOW)
    assert Organisation.objects.get().phone == "079 123"
    assert Location.objects.get().directions == "Left, then right"
    import_batch(batch(replace(WALK, source_id="other"), source="Third"), by=BY, now=NOW)
    newer = batch(row, organisations=(replace(party, phone="079 999"),), locations=(place,))
    import_batch(newer, by=BY, now=NOW)
    assert Organisation.objects.get().phone == "079 123"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"summary": ""},
        {"name": "x" * 161},
        {"description": "a\x07b"},
        {"kind": "party"},
        {"min_age": -1},
        {"min_age": 60, "max_age": 50},
        {"price_cents": 2**31},
        {"capacity_left": 3},
        {"recognition": "well-founded"},
        {"check_by": date(2027, 1, 1)},
        {"schedule": (LineRow(date(2026, 11, 2), time(10), 60, interval=0),)},
        {"schedule": (LineRow(date(2026, 11, 2), time(10), 0),)},
        {
            "schedule": (
                LineRow(date(2026, 11, 3), time(10), 60, "daily", until=date(2026, 11, 2)),
            )
        },
        {"schedule": (LineRow(date(2026, 11, 2), time(10), 60, "hourly"),)},
        {"changes": (ChangeRow(),)},
        {"changes": (ChangeRow(day=date(2026, 11, 2), new_day=date(2026, 11, 3)),)},
        {"changes": (ChangeRow(day=date(2026, 11, 2)), ChangeRow(day=date(2026, 11, 2)))},
        {"organisation": "Nobody"},
    ],
)
def test_a_row_that_the_catalogue_cannot_hold_is_left_out_with_the_reason(
    wrong: dict[str, Any],
) -> None:
    sound = checked(batch(replace(WALK, **wrong), replace(WALK, source_id="w2")))
    assert [row.source_id for row in sound.offers] == ["w2"]
    assert len(sound.skipped) == 1
    assert sound.skipped[0].why


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nobody"),
        ("website", "javascript:alert(1)"),
        ("phone", "none"),
        ("source_url", "ftp://x.example"),
    ],
)
def test_an_address_that_cannot_be_right_is_emptied_and_told(field: str, value: str) -> None:
    wrong: dict[str, Any] = {field: value}
    sound = checked(batch(replace(WALK, **wrong)))
    assert getattr(sound.offers[0], field) == ""
    assert value in sound.skipped[0].why


def test_the_same_number_twice_counts_once() -> None:
    sound = checked(batch(WALK, replace(WALK, name="Again")))
    assert [row.name for row in sound.offers] == ["Walk"]
    assert [row.where for row in sound.skipped] == ["Again"]


def test_a_place_outside_the_country_or_online_has_no_position() -> None:
    far = LocationRow("Far", x=1e9, y=1.0)
    online = LocationRow("Online", kind="online", street="Street", x=9e4, y=45e4)
    odd = LocationRow("Odd", kind="castle", postcode="9")
    sound = checked(batch(WALK, locations=(far, online, odd)))
    assert [(row.kind, row.street, row.postcode, row.x) for row in sound.locations] == [
        ("physical", "", "", None),
        ("online", "", "", None),
        ("physical", "", "", None),
    ]


# --- By command ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_file_is_brought_in_and_may_be_kept_here(tmp_path: Path) -> None:
    file = tmp_path / "services.json"
    file.write_text(json.dumps({"contents": [STROLL, ADVICE]}), encoding="utf-8")
    assert "Would do: kept here: 3 new" in bring_in(
        "hsds-json", str(file), "--name", "", "--dry-run"
    )
    assert "Done: services: 3 new" in bring_in("hsds-json", str(file))
    assert set(Offer.objects.values_list("source_name", flat=True)) == {"services"}
    assert Location.objects.get(name=HALL["name"]).street == "Main Street 1"
    assert Organisation.objects.get(name=WALKERS["name"]).website == ""


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["hsds-json", "hsds-tables"])
def test_a_file_that_is_not_there_is_told_in_one_sentence(kind: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is nothing there"):
        bring_in(kind, str(tmp_path / "nowhere"))
