"""The nightly erasure works from the declarations alone and proves what it did."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections

from omzien.base.accounts.models import RoleAssignment, User
from omzien.base.journal.actions import make_month, record
from omzien.base.journal.models import Actor, Entry
from omzien.base.journal.queries import broken_proofs, months
from omzien.base.people.actions.participants import register_participant
from omzien.base.people.models import Identity, Lookup, Participant
from omzien.base.people.queries.participants import Contact
from omzien.base.privacy.actions import erasure
from omzien.base.privacy.actions.erasure import (
    Erased,
    delete_by_date,
    delete_together,
    end_rows,
    erase_batch,
    erase_expired,
    erase_table,
    prove,
)
from omzien.base.privacy.actions.rights import grant, grant_rights, right_in_sql
from omzien.base.privacy.jobs import erase
from omzien.base.privacy.models import BreakGlass, Declaration, Emergency, ErasureProof
from omzien.base.privacy.queries.declarations import declaration_of, declarations, tables
from omzien.base.privacy.queries.expired import count_expired, past_term, to_erase, until
from omzien.base.privacy.queries.rights import retention_rights

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=6 * 365)
pytestmark = pytest.mark.usefixtures("committed_db")
USERS = declaration_of(User)
CACHE = next(one for one in declarations() if one.table == "shared_cache")


def account(name: str, *, left: datetime | None = None) -> User:
    return User.objects.create(
        email=f"{name.lower()}@example.nl",
        name=name,
        joined_at=LONG_AGO - timedelta(days=1),
        left_at=left,
        is_active=left is None,
    )


def role(user: User, *, ended: datetime | None) -> RoleAssignment:
    return RoleAssignment.objects.create(
        user=user, role="visitor", given_at=LONG_AGO, given_by=uuid.uuid4(), ended_at=ended
    )


def session(name: str, expires: datetime) -> None:
    Session.objects.create(session_key=name, session_data="", expire_date=expires)


def attempt(name: str, expires: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO shared_cache VALUES (%s, '', %s)", [name, expires])


# --- What goes, and what stays ------------------------------------------------------------------


def test_rows_past_their_term_go_and_others_stay() -> None:
    session("old", NOW - timedelta(minutes=1))
    session("new", NOW + timedelta(minutes=1))
    night = erase_expired(now=NOW)
    assert night.rows["django_session"] == 1
    assert [one.session_key for one in Session.objects.all()] == ["new"]


def test_a_table_without_a_model_is_erased_by_its_date() -> None:
    attempt("old", NOW - timedelta(seconds=1))
    attempt("new", NOW + timedelta(seconds=1))
    assert count_expired(CACHE, now=NOW) == 1
    assert delete_by_date(CACHE, now=NOW) == Counter(shared_cache=1)
    assert delete_by_date(CACHE, now=NOW) == Counter()
    assert count_expired(CACHE, now=NOW + timedelta(days=1)) == 1


def test_an_account_is_anonymised_two_years_after_leaving_and_keeps_its_key() -> None:
    fatima = account("Fatima", left=NOW - timedelta(days=731))
    jan = account("Jan", left=NOW - timedelta(days=729))
    els = account("Els")
    erase_expired(now=NOW)
    gone = User.objects.get(pk=fatima.pk)
    assert (gone.email, gone.name, gone.key) == (
        f"erased-{fatima.pk}@invalid.example",
        "",
        fatima.key,
    )
    assert User.objects.get(pk=jan.pk).name == "Jan"
    assert User.objects.get(pk=els.pk).name == "Els"


def test_what_was_anonymised_does_not_come_again() -> None:
    account("Fatima", left=LONG_AGO)
    assert erase_expired(now=NOW).rows["accounts_user"] == 1
    assert erase_expired(now=NOW).rows["accounts_user"] == 0
    assert ErasureProof.objects.filter(table="accounts_user").count() == 1


def test_a_term_that_counts_from_another_table_is_followed() -> None:
    """The address goes a month after its owner left, long before the account is anonymised."""
    for name, days in (("Fatima", 31), ("Jan", 29)):
        user = account(name, left=NOW - timedelta(days=days))
        EmailAddress.objects.create(user=user, email=user.email)
    assert erase_expired(now=NOW).rows["account_emailaddress"] == 1
    assert [one.email for one in EmailAddress.objects.all()] == ["jan@example.nl"]


def test_nothing_goes_without_its_date() -> None:
    role(account("Fatima"), ended=None)
    assert +erase_expired(now=NOW).rows == Counter()


def test_two_years_after_the_last_contact_nobody_knows_who_it_was() -> None:
    contact = Contact(surname="De Vries", street="Meerzichtlaan", house_number="12")
    by = Actor(uuid.uuid4(), "coordinator")
    register_participant(contact, area=None, by=by, now=LONG_AGO)
    register_participant(contact, area=None, by=by, now=NOW)
    night = erase_expired(now=NOW)
    assert night.rows["people_identity"] == 1
    assert (Participant.objects.count(), Identity.objects.count()) == (2, 1)
    assert set(Lookup.objects.values_list("identity", flat=True)) == {Identity.objects.get().pk}


def test_the_nightly_job_erases_and_makes_the_months_to_come() -> None:
    session("old", LONG_AGO)
    erase()
    assert not Session.objects.exists()
    assert Entry.objects.filter(verb="privacy.erased").count() == 1
    assert len(months()) >= 4


def test_expired_months_of_the_journal_go_in_the_same_night() -> None:
    make_month(LONG_AGO.date())
    record("visit.planned", subject=None, by=Actor(uuid.uuid4(), "visitor"), now=LONG_AGO)
    assert erase_expired(now=NOW).rows["journal_entry"] == 1
    assert set(Entry.objects.values_list("verb", flat=True)) == {
        "journal.month_erased",
        "privacy.erased",
    }


def test_a_dry_run_counts_and_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    session("old", LONG_AGO)
    counted = {one.table: one.rows for one in past_term(now=NOW)}
    assert counted["django_session"] == 1
    assert counted["shared_cache"] == 0
    call_command("erase", "--dry-run")
    assert "1 django_session (delete" in capsys.readouterr().out
    assert Session.objects.count() == 1
    assert not ErasureProof.objects.exists()


@pytest.mark.parametrize("one", list(to_erase()), ids=lambda one: str(one.table))
def test_retention_may_erase_every_declared_table(one: Declaration) -> None:
    """Runs the real statements with the real rights, for tables of today and of later."""
    night = Erased()
    erase_table(one, night=night, now=NOW)
    assert not +night.held
    assert count_expired(one, now=NOW) == 0


# --- Cut off half-way ---------------------------------------------------------------------------


def test_small_batches_end_all_and_prove_each() -> None:
    for number in range(5):
        session(str(number), LONG_AGO)
    assert erase_expired(now=NOW, batch=2).rows["django_session"] == 5
    proofs = ErasureProof.objects.filter(table="django_session")
    assert [proof.rows for proof in proofs] == [2, 2, 1]


def test_a_run_that_is_killed_half_way_is_finished_by_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(4):
        session(str(number), LONG_AGO)
    sessions = next(one for one in to_erase() if one.table == "django_session")
    erase_batch(sessions, held=set(), now=NOW, batch=2)
    with monkeypatch.context() as patch:
        patch.setattr(erasure, "prove", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            erase_batch(sessions, held=set(), now=NOW, batch=2)
    assert Session.objects.count() == 2
    assert sum(proof.rows for proof in ErasureProof.objects.all()) == 2
    assert erase_expired(now=NOW).rows["django_session"] == 2
    assert sum(proof.rows for proof in ErasureProof.objects.all()) == 4


# --- What hangs on a row, and what holds it -----------------------------------------------------


def test_what_hangs_on_a_row_goes_along_and_is_counted() -> None:
    """No table is deleted like this yet that others hang on: a user stands in for one."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO omzien_retention")
    fatima = account("Fatima", left=LONG_AGO)
    role(fatima, ended=LONG_AGO)
    ended = end_rows(User, replace(USERS, erase="delete"), [fatima.pk], set())
    assert ended == Counter(accounts_user=1, accounts_roleassignment=1)


def test_a_row_that_another_protects_stays_and_the_others_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No declared table protects another yet: refuse one row as a protecting table would."""
    for name in ("a", "b", "c"):
        session(name, LONG_AGO)
    sessions = next(one for one in to_erase() if one.table == "django_session")
    real = delete_together

    def refuse_b(model: type[Session], chosen: list[object]) -> Counter[str] | None:
        return None if "b" in chosen else real(model, chosen)

    monkeypatch.setattr(erasure, "delete_together", refuse_b)
    night = Erased()
    erase_table(sessions, night=night, now=NOW)
    assert (night.rows, night.held) == (Counter(django_session=2), Counter(django_session=1))
    assert [one.session_key for one in Session.objects.all()] == ["b"]


# --- Rights -------------------------------------------------------------------------------------


def rights_in_the_database() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, acl.privilege_type FROM pg_class, LATERAL aclexplode(relacl) AS acl"
            " WHERE relkind IN ('r', 'p') AND acl.grantee = 'omzien_retention'::regrole"
            " AND relnamespace = 'public'::regnamespace"
        )
        return set(cursor.fetchall())


def test_retention_may_do_what_the_declarations_ask_and_no_more() -> None:
    whole = {
        (table, right)
        for table, rights in retention_rights().items()
        for right in rights
        if not right.startswith("UPDATE")
    }
    assert rights_in_the_database() == whole


def test_retention_anonymises_the_named_columns_only() -> None:
    columns = {f"UPDATE ({name})" for name in USERS.anonymise}
    assert retention_rights()["accounts_user"] == {"SELECT", *columns}
    assert "UPDATE (email)" in columns
    for statement in ("UPDATE accounts_user SET is_active = true", "DELETE FROM accounts_user"):
        with (
            pytest.raises(ProgrammingError, match="denied"),
            connections["retention"].cursor() as cursor,
        ):
            cursor.execute(statement)


def test_grant_rights_takes_away_what_was_too_much() -> None:
    before = rights_in_the_database()
    with connections["owner"].cursor() as cursor:
        cursor.execute("GRANT ALL ON auth_group TO omzien_retention")
    grant_rights(using="owner")
    assert rights_in_the_database() == before


def test_grant_writes_names_as_names() -> None:
    text = grant('a"b', {"SELECT", "UPDATE (c)"}).as_string(None)
    assert text == 'GRANT SELECT, UPDATE ("c") ON "a""b" TO "omzien_retention"'
    assert right_in_sql("DELETE").as_string(None) == "DELETE"


def test_migrating_again_gives_the_rights_again() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("REVOKE ALL ON django_session FROM omzien_retention")
    call_command("migrate", database="owner", verbosity=0)
    assert ("django_session", "DELETE") in rights_in_the_database()
    assert "django_session" in tables(using="owner")


# --- Proof --------------------------------------------------------------------------------------


def test_prove_signs_and_chains() -> None:
    first = prove(USERS, table="accounts_user", rows=1, now=NOW)
    second = prove(USERS, table="accounts_user", rows=1, now=NOW)
    assert first.until == until(USERS, now=NOW) == NOW - timedelta(days=730)
    assert first.signature != second.signature
    assert list(broken_proofs(ErasureProof.objects.all())) == []


def test_erase_verify_finds_a_proof_that_was_changed(capsys: pytest.CaptureFixture[str]) -> None:
    session("old", LONG_AGO)
    erase_expired(now=NOW)
    call_command("erase", "--verify")
    assert "1 proofs, each signed" in capsys.readouterr().out
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE privacy_erasureproof DISABLE TRIGGER ALL")
        cursor.execute("UPDATE privacy_erasureproof SET rows = 0")
    with pytest.raises(CommandError, match="django_session"):
        call_command("erase", "--verify")


@pytest.mark.parametrize("alias", ["default", "retention"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE privacy_erasureproof SET rows = 0",
        "DELETE FROM privacy_erasureproof",
        "TRUNCATE privacy_erasureproof",
        "ALTER TABLE privacy_erasureproof DISABLE TRIGGER ALL",
    ],
)
def test_nobody_rewrites_a_proof(alias: str, statement: str) -> None:
    with pytest.raises(ProgrammingError), connections[alias].cursor() as cursor:
        cursor.execute(statement)


def test_the_command_says_what_went(capsys: pytest.CaptureFixture[str]) -> None:
    session("old", LONG_AGO)
    BreakGlass.objects.create(
        controller="municipality",
        subject_key=uuid.uuid4(),
        reason=Emergency.DANGER,
        requested_by=uuid.uuid4(),
        requested_at=LONG_AGO,
    )
    call_command("erase")
    out = capsys.readouterr().out
    assert "1 django_session" in out
    assert "1 privacy_breakglass" in out
    assert not BreakGlass.objects.exists()
