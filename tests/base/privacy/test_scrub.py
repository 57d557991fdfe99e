"""A scrubbed dump holds nobody, loads, and leaves the live database alone."""

from __future__ import annotations

import subprocess
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connections, models

from omzien.base.accounts.models import User
from omzien.base.accounts.roles import ROLES
from omzien.base.journal.actions import record
from omzien.base.journal.models import Actor, Entry
from omzien.base.letters.models import Mail
from omzien.base.people.actions.helpers import add_helper
from omzien.base.people.actions.participants import register_participant
from omzien.base.people.models import Identity
from omzien.base.people.queries.participants import Contact
from omzien.base.privacy.actions import scrub
from omzien.base.privacy.actions.scrub import (
    AlreadyThere,
    NoDumpProgram,
    program,
    schema,
    write_rows,
)
from omzien.base.privacy.actions.scrub import scrub_dump as dump
from omzien.base.privacy.queries import scrubbed as plan
from omzien.base.privacy.queries.declarations import declaration_of
from omzien.base.privacy.queries.scrubbed import Uncovered, copies, not_covered, scrubbed
from omzien.config import provision
from omzien.config.privacy import THIRD_PARTY
from tests.cast import NAMES, person

if TYPE_CHECKING:
    from tests.cluster import TestCluster

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SCRUB = Actor.system("scrub")
pytestmark = pytest.mark.usefixtures("committed_db")
TRUUS = Contact(
    salutation="mevrouw",
    first_name="Truus",
    surname="De Vries",
    street="Meerzichtlaan",
    house_number="12",
    postcode="2715 AB",
    town="Zoetermeer",
    phone="079-341 12 34",
    email="truus@example.nl",
    birth_year="1944",
)


def fill() -> None:
    """Put the whole cast in, with a participant, a helper and a line in the journal."""
    for role in ROLES:
        person(role)
    jan = User.objects.get(email=NAMES["coordinator"][1]).actor("coordinator")
    truus = register_participant(TRUUS, area=None, by=jan, now=NOW)
    add_helper("Fatima Yilmaz", joined_on=NOW.date(), by=jan, now=NOW)
    record("visit.planned", subject=truus, by=jan, now=NOW)


def words_about_people() -> list[str]:
    words = [word for name, email in NAMES.values() for word in (name, email, name.split()[-1])]
    return [*words, *(value for value in asdict(TRUUS).values() if not value.isdecimal())]


def recognised(text: str) -> list[str]:
    """Return who can be found in a dump: at the start of a column, or by their address."""
    data = text.lower()
    return [
        word
        for word in words_about_people()
        if f"\t{word.lower()}" in data or ("@" in word and word in data)
    ]


def test_nobody_of_the_cast_is_in_the_dump(tmp_path: Path) -> None:
    fill()
    rows = dump(tmp_path / "out.sql", by=SCRUB, now=NOW)
    text = (tmp_path / "out.sql").read_text(encoding="utf-8")
    assert recognised(text) == []
    assert "gAAAA" not in text.replace("gAAAA'", "")
    assert rows["accounts_user"] == len(ROLES)
    assert rows["people_identity"] == 1
    assert "x1@example.invalid" in text


def test_without_scrubbing_the_same_look_finds_the_cast(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Otherwise the test above would prove nothing."""
    fill()
    monkeypatch.setattr(plan, "scrubbed", lambda _field: "keep")
    dump(tmp_path / "out.sql", by=SCRUB, now=NOW)
    found = recognised((tmp_path / "out.sql").read_text(encoding="utf-8"))
    assert {name for name, _ in NAMES.values()} <= set(found)


def test_the_dump_loads_into_an_empty_database(cluster: TestCluster, tmp_path: Path) -> None:
    fill()
    dump(tmp_path / "out.sql", by=SCRUB, now=NOW)
    name = "scrubbed_copy"
    provision.drop(cluster.admin_url, name)
    with provision.connect(cluster.admin_url, "postgres") as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
    try:
        load(provision.address(cluster.admin_url, dbname=name), tmp_path / "out.sql")
    finally:
        provision.drop(cluster.admin_url, name)


def load(url: str, file: Path) -> None:
    """Load the dump as the command line would, and look at what came in."""
    psql = Path(program()).with_name("psql")
    run = subprocess.run(
        [str(psql), "-q", "-v", "ON_ERROR_STOP=1", "-f", str(file), url],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.stderr == ""
    with psycopg.connect(url) as copy:
        found = copy.execute(
            "SELECT count(*), max(name), max(email) FROM accounts_user"
        ).fetchone()
        lines = copy.execute("SELECT count(*) FROM journal_entry").fetchone()
        fresh = copy.execute("SELECT nextval('accounts_user_id_seq')").fetchone()
    assert found == (len(ROLES), "", f"x{len(ROLES)}@example.invalid")
    assert lines == (Entry.objects.exclude(verb="privacy.dump_scrubbed").count(),)
    assert fresh == (len(ROLES) + 1,)


def test_the_live_database_is_only_read(tmp_path: Path) -> None:
    fill()
    before = list(User.objects.order_by("pk").values())
    dump(tmp_path / "out.sql", by=SCRUB, now=NOW)
    assert list(User.objects.order_by("pk").values()) == before
    assert Identity.objects.get().surname == "De Vries"
    assert EmailAddress.objects.count() == len(ROLES)
    assert Entry.objects.filter(verb="privacy.dump_scrubbed").count() == 1


def test_the_dump_is_for_our_eyes_only_and_replaces_nothing(tmp_path: Path) -> None:
    dump(tmp_path / "out.sql", by=SCRUB, now=NOW)
    assert (tmp_path / "out.sql").stat().st_mode & 0o777 == 0o600
    with pytest.raises(AlreadyThere):
        dump(tmp_path / "out.sql", by=SCRUB, now=NOW)


def test_tables_that_are_left_out_are_empty_and_the_others_follow_one_another(
    tmp_path: Path,
) -> None:
    with (tmp_path / "rows").open("wb") as file:
        rows = write_rows(file, copies())
    for table in ("django_session", "mfa_authenticator", "procrastinate_jobs", "people_lookup"):
        assert table not in rows
    assert b"setval" in (tmp_path / "rows").read_bytes()


def test_the_schema_comes_without_owners_and_rights() -> None:
    text = schema("pre-data")
    assert b"CREATE TABLE public.accounts_user" in text
    assert b"GRANT" not in text
    assert b"OWNER TO" not in text


# --- Nothing is forgotten -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "what"),
    [
        (models.CharField(max_length=9), "blank"),
        (models.CharField(max_length=9, unique=True), "fake"),
        (models.CharField(max_length=9, choices=[("a", "A")]), "keep"),
        (models.EmailField(), "fake"),
        (models.JSONField(), "blank"),
        (models.BinaryField(), "blank"),
        (models.GenericIPAddressField(), "blank"),
        (models.DateTimeField(), "keep"),
        (models.BooleanField(), "keep"),
        (models.FloatField(), None),
        (models.DecimalField(), None),
    ],
)
def test_a_field_is_wiped_unless_it_cannot_name_somebody(
    field: models.Field[Any, Any], what: str | None
) -> None:
    field.set_attributes_from_name("something")
    field.model = Mail
    assert scrubbed(field) == what


def test_a_day_of_birth_must_be_declared() -> None:
    field: models.Field[Any, Any] = models.DateField()
    field.set_attributes_from_name("born_on")
    assert scrubbed(field) is None


def test_a_field_that_nobody_covered_stops_the_dump(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    helper = apps.get_model("people", "Helper")
    bare = replace(declaration_of(helper), fields={})
    assert list(not_covered(bare, helper)) == ["people_helper.languages"]
    monkeypatch.setattr(plan, "declarations", lambda: [bare])
    with pytest.raises(Uncovered, match=r"people_helper\.languages"):
        dump(tmp_path / "out.sql", by=SCRUB, now=NOW)
    assert not (tmp_path / "out.sql").exists()


def test_a_column_that_no_model_knows_stops_the_dump() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_user ADD COLUMN nickname text")
    with pytest.raises(Uncovered, match=r"accounts_user\.nickname"):
        copies()


def test_a_table_of_people_without_a_model_must_be_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = replace(THIRD_PARTY["shared_cache"], scrub="fields")
    monkeypatch.setattr(plan, "declarations", lambda: [cache])
    with pytest.raises(Uncovered, match="shared_cache"):
        copies()


# --- The command --------------------------------------------------------------------------------


def test_the_command_says_what_it_wrote_and_refuses_a_second_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("scrub_dump", str(tmp_path / "out.sql"))
    assert "tables to" in capsys.readouterr().out
    with pytest.raises(CommandError, match="already is a file"):
        call_command("scrub_dump", str(tmp_path / "out.sql"))


def test_without_the_program_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(scrub, "find_spec", lambda _name: None)
    with pytest.raises(NoDumpProgram):
        program()
