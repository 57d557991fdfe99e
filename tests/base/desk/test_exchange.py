"""Work lists go to Excel and come back: shown first, taken over whole, never blindly."""

from __future__ import annotations

import zipfile
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import time_machine
from openpyxl import Workbook, load_workbook

from omzien.base.desk.actions.calls import promise_call_back
from omzien.base.desk.actions.duty import NotOnDuty, leave_duty
from omzien.base.desk.actions.exchange import (
    ChangedMeanwhile,
    approve_wishes,
    grant,
    take_work_list,
)
from omzien.base.desk.actions.work import close_work, set_due_day
from omzien.base.desk.importers import work_sheet
from omzien.base.desk.importers.work_sheet import (
    FormulaInside,
    NotAWorkList,
    as_typed,
    day_of,
    done_of,
    harmless,
    read_sheet,
)
from omzien.base.desk.queries.duty import work_models
from omzien.base.desk.queries.exchange import (
    Refusal,
    Wish,
    check_stamp,
    day_wished,
    differences,
    is_unchanged,
    read_wishes,
    sign_wishes,
    work_by_key,
)
from omzien.base.desk.queries.lists import lines, open_items
from omzien.base.journal.models import Actor, Entry
from omzien.base.people.queries.participants import unseal
from tests.base.desk.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet
    from pytest_django import DjangoAssertNumQueries

    from omzien.base.accounts.models import User
    from omzien.base.desk.models import CallBack
    from omzien.base.people.models import Participant

TODAY = NOW.date()
DUE, OWNER, DONE, NOTE = "F2", "G2", "H2", "I2"


@pytest.fixture
def promise(mevrouw_de_vries: Participant, jan: User, by: Actor) -> CallBack:
    return promise_call_back(
        mevrouw_de_vries, note="Over de koffie.", due_on=TODAY, owner=jan, by=by, now=NOW
    )


def taken(user: User) -> bytes:
    by = user.actor("coordinator")
    return take_work_list(user, kind="", mine=False, reason="desk.meeting", by=by, now=NOW)


def changed(data: bytes, change: Callable[[Worksheet], object]) -> bytes:
    """Return the file as somebody saved it after changing something."""
    book = load_workbook(BytesIO(data))
    change(book[work_sheet.LIST])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def with_cell(data: bytes, cell: str, value: str | date) -> bytes:
    def put(sheet: Worksheet) -> None:
        sheet[cell] = value

    return changed(data, put)


def wishes_of(data: bytes, user: User) -> list[Wish]:
    """Return what may be approved, by the same road as the page."""
    stamp, rows = read_sheet(data)
    check_stamp(stamp)
    return read_wishes(sign_wishes(differences(rows), by=user), by=user)


# --- The list itself ----------------------------------------------------------------------------


def test_who_waits_longest_stands_first_and_one_person_has_one_line(
    promise: CallBack, mevrouw_de_vries: Participant, by: Actor, jan: User
) -> None:
    early = promise_call_back(
        None, whom="Bakker", due_on=TODAY, owner=jan, by=by, now=NOW - timedelta(days=3)
    )
    later = promise_call_back(
        mevrouw_de_vries, due_on=TODAY, owner=jan, by=by, now=NOW + timedelta(days=1)
    )
    found = lines(open_items(), today=TODAY)
    assert [line.first.key for line in found] == [str(early.key), str(promise.key)]
    assert [item.key for item in found[1].others] == [str(later.key)]
    assert [line.first.who for line in found] == ["Bakker", "mevrouw Truus De Vries"]


def test_mine_is_only_mine_and_late_is_said(
    promise: CallBack, by: Actor, jan: User, fatima: User
) -> None:
    promise_call_back(None, whom="Bakker", due_on=TODAY, owner=fatima, by=by, now=NOW)
    (line,) = lines(open_items(owner=jan), today=TODAY + timedelta(days=1))
    assert line.first.key == str(promise.key)
    assert line.late
    assert open_items(kind="desk.nothing") == []


def test_a_longer_list_takes_no_more_queries(
    promise: CallBack,
    mevrouw_de_vries: Participant,
    jan: User,
    by: Actor,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    assert promise.pk
    with django_assert_num_queries(len(work_models())):
        open_items()
    for _ in range(3):
        promise_call_back(mevrouw_de_vries, due_on=TODAY, owner=jan, by=by, now=NOW)
    with django_assert_num_queries(len(work_models())):
        open_items()


# --- Out and back -------------------------------------------------------------------------------


def test_taking_a_list_is_written_down_with_its_reason(promise: CallBack, jan: User) -> None:
    stamp, (row,) = read_sheet(taken(jan))
    check_stamp(stamp)
    assert (row.key, row.owner, row.note) == (str(promise.key), jan.email, "Over de koffie.")
    assert (row.due_on, row.done, row.who) == (TODAY, False, "mevrouw Truus De Vries")
    assert Entry.objects.get(verb="desk.take_work_list").reason == "desk.meeting"


@pytest.mark.usefixtures("promise")
def test_an_unchanged_list_changes_nothing(jan: User) -> None:
    _stamp, rows = read_sheet(taken(jan))
    assert differences(rows) == []


def test_day_owner_and_note_come_back_and_are_taken_over_together(
    promise: CallBack, mevrouw_de_vries: Participant, jan: User, fatima: User, by: Actor
) -> None:
    data = with_cell(taken(jan), DUE, date(2026, 10, 9))
    data = with_cell(data, OWNER, fatima.email.upper())
    data = with_cell(data, NOTE, "Na tweeën.")
    assert approve_wishes(wishes_of(data, jan), by=by, now=NOW) == 1
    promise.refresh_from_db()
    assert promise.owner is not None
    assert (promise.due_on, promise.owner.user) == (date(2026, 10, 9), fatima)
    assert unseal(mevrouw_de_vries, promise.sealed_note) == "Na tweeën."


def test_done_comes_back_as_done(promise: CallBack, jan: User, by: Actor) -> None:
    approve_wishes(wishes_of(with_cell(taken(jan), DONE, "ja"), jan), by=by, now=NOW)
    promise.refresh_from_db()
    assert promise.closed_at == NOW


@pytest.mark.usefixtures("promise")
def test_the_difference_shows_what_was_and_what_becomes(jan: User) -> None:
    _stamp, rows = read_sheet(with_cell(taken(jan), DUE, "09-10-2026"))
    (found,) = differences(rows)
    (change,) = found.changes
    assert (change.field, change.before, change.after) == ("due_on", "2026-10-05", "2026-10-09")
    assert found.refusal is None
    assert day_wished(found.wish) == date(2026, 10, 9)


@pytest.mark.parametrize(
    ("cell", "value", "reason"),
    [
        (DUE, "someday", Refusal.DAY),
        (OWNER, "nobody@example.nl", Refusal.OWNER),
        (DONE, "perhaps", Refusal.DONE),
        (NOTE, "bsn 111222333", Refusal.BSN),
        ("A2", "another key", Refusal.UNKNOWN),
    ],
)
@pytest.mark.usefixtures("promise")
def test_a_row_with_nonsense_is_refused_with_its_reason(
    jan: User, cell: str, value: str, reason: Refusal
) -> None:
    data = with_cell(taken(jan), cell, value)
    _stamp, rows = read_sheet(data)
    (found,) = differences(rows)
    assert found.refusal == reason
    assert wishes_of(data, jan) == []


def test_a_row_changed_here_in_the_meantime_is_refused(
    promise: CallBack, jan: User, by: Actor
) -> None:
    data = with_cell(taken(jan), NOTE, "Anders.")
    set_due_day(promise, due_on=TODAY + timedelta(days=1), by=by, now=NOW)
    _stamp, rows = read_sheet(data)
    (found,) = differences(rows)
    assert found.refusal == Refusal.CHANGED


def test_what_changes_between_showing_and_yes_stops_everything(
    promise: CallBack, jan: User, by: Actor
) -> None:
    other = promise_call_back(None, whom="Bakker", due_on=TODAY, owner=jan, by=by, now=NOW)
    data = with_cell(with_cell(taken(jan), DONE, "ja"), "H3", "ja")
    wishes = wishes_of(data, jan)
    set_due_day(other, due_on=TODAY + timedelta(days=1), by=by, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        approve_wishes(wishes, by=by, now=NOW)
    promise.refresh_from_db()
    assert promise.closed_at is None
    assert not Entry.objects.filter(verb="desk.close_work").exists()


def test_what_was_done_or_is_gone_is_not_done_again(
    promise: CallBack, jan: User, by: Actor
) -> None:
    (wish,) = wishes_of(with_cell(taken(jan), DONE, "x"), jan)
    close_work(promise, by=by, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        grant(promise, wish, owners={}, by=by, now=NOW)
    promise.delete()
    assert work_by_key([wish.key]) == {}
    with pytest.raises(ChangedMeanwhile):
        approve_wishes([wish], by=by, now=NOW)


def test_an_owner_who_left_in_the_meantime_gets_nothing(
    promise: CallBack, jan: User, fatima: User, by: Actor
) -> None:
    wishes = wishes_of(with_cell(taken(jan), OWNER, fatima.email), jan)
    assert is_unchanged(promise, wishes[0])
    leave_duty(fatima, to=jan, by=by, now=NOW)
    with pytest.raises(NotOnDuty):
        approve_wishes(wishes, by=by, now=NOW)


# --- Files that are not ours, or not safe -------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-klaar", "@SUM(A1)", "\tx"])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert as_typed(harmless(text)) == text
    assert as_typed(harmless("'t Hof")) == "'t Hof"


def test_a_note_with_a_formula_goes_out_as_text_and_comes_back_the_same(
    mevrouw_de_vries: Participant, jan: User, by: Actor
) -> None:
    note = '=HYPERLINK("http://example.nl";"klik")'
    promise_call_back(mevrouw_de_vries, note=note, due_on=TODAY, owner=jan, by=by, now=NOW)
    data = taken(jan)
    cell = load_workbook(BytesIO(data))[work_sheet.LIST][NOTE]
    assert (cell.data_type, cell.value) == ("s", f"'{note}")
    _stamp, (row,) = read_sheet(data)
    assert row.note == note
    assert differences([row]) == []


@pytest.mark.usefixtures("promise")
def test_a_formula_in_a_file_that_comes_back_is_refused(jan: User) -> None:
    with pytest.raises(FormulaInside):
        read_sheet(with_cell(taken(jan), NOTE, "=1+1"))


def foreign() -> bytes:
    file = BytesIO()
    Workbook().save(file)
    return file.getvalue()


def zipped(size: int) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * size)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Sleutel;Merk",
        foreign(),
        zipped(10),
        zipped(work_sheet.LARGEST_UNPACKED + 1),
        b"x" * (work_sheet.LARGEST + 1),
    ],
    ids=["empty", "csv", "foreign", "no book", "bomb", "too large"],
)
def test_a_file_that_is_no_work_list_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(NotAWorkList):
        read_sheet(data)


@pytest.mark.usefixtures("promise")
def test_other_columns_are_refused(jan: User) -> None:
    with pytest.raises(NotAWorkList):
        read_sheet(with_cell(taken(jan), "C1", "Iets anders"))


def test_a_stamp_of_another_hand_or_another_month_is_refused(jan: User) -> None:
    stamp, _rows = read_sheet(taken(jan))
    with pytest.raises(NotAWorkList):
        check_stamp(stamp[:-1] + "x")
    with time_machine.travel(timedelta(days=40)), pytest.raises(NotAWorkList):
        check_stamp(stamp)


@pytest.mark.usefixtures("promise")
def test_a_difference_can_be_approved_by_who_saw_it_only(jan: User, fatima: User) -> None:
    _stamp, rows = read_sheet(with_cell(taken(jan), DONE, "ja"))
    signed = sign_wishes(differences(rows), by=jan)
    assert len(read_wishes(signed, by=jan)) == 1
    for text, user in [(signed, fatima), ("nonsense", jan)]:
        with pytest.raises(NotAWorkList):
            read_wishes(text, by=user)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 1, 2), date(2026, 1, 2)),
        (NOW, TODAY),
        ("2026-01-02", date(2026, 1, 2)),
        ("02-01-2026", date(2026, 1, 2)),
        ("2/1/2026", date(2026, 1, 2)),
        (None, None),
        (42, None),
    ],
)
def test_days_are_read_as_people_type_them(value: object, expected: date | None) -> None:
    assert day_of(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("Ja", True), ("", False), (None, False), ("nee", False), ("?", None)]
)
def test_done_is_yes_no_or_not_understood(value: object, expected: bool | None) -> None:  # noqa: FBT001 - what is expected
    assert done_of(value) is expected
