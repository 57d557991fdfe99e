"""Open work always belongs to somebody who is here: whatever happens, in whatever order."""

from __future__ import annotations

import threading
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from omzien.base.accounts.models import User
from omzien.base.desk.actions.calls import promise_call_back
from omzien.base.desk.actions.duty import (
    AlreadyBack,
    AwayNow,
    ImpossibleAbsence,
    NotOnDuty,
    begin_duty,
    duty_or_refuse,
    empty_hands,
    end_absence,
    hand_over,
    leave_duty,
    lock_duty,
    move_everything,
    plan_absence,
    plan_and_start,
    set_work_list,
    start_absence,
    start_and_end,
)
from omzien.base.desk.actions.work import (
    AlreadyDone,
    assign_work,
    change_note,
    close_work,
    hold,
    move_work,
    owner_of_new,
    set_due_day,
)
from omzien.base.desk.models import Absence, CallBack, OnDuty, OwnedWork, WorkList
from omzien.base.desk.queries.duty import (
    absences_ahead,
    absences_to_end,
    absences_to_start,
    kind_of,
    model_of,
    open_work,
    people_on_duty,
    stand_in_for,
    work_list_of,
    work_models,
)
from omzien.base.journal.models import Actor, Entry
from omzien.base.people.queries.participants import unseal
from tests.base.desk.conftest import NOW, SYSTEM, on_duty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TODAY = date(2026, 10, 5)
KIND = "desk.callback"


def work_for(user: User | None = None) -> CallBack:
    return promise_call_back(
        None, whom="Bakker, 079-341 00 00", due_on=TODAY, owner=user, by=SYSTEM, now=NOW
    )


def owners() -> list[str]:
    names = CallBack.objects.order_by("pk").values_list("owner__user__name", flat=True)
    return [str(name) for name in names]


def away(user: User, deputy: User, *, days: int = 7) -> Absence:
    last = TODAY + timedelta(days=days)
    return plan_absence(user, deputy=deputy, first_day=TODAY, last_day=last, by=SYSTEM, now=NOW)


@contextmanager
def database_refuses(rule: str) -> Iterator[None]:
    """Expect that what is written inside is refused by the database, now or on commit."""
    with ExitStack() as stack:
        stack.enter_context(pytest.raises(IntegrityError, match=rule))
        stack.enter_context(transaction.atomic())
        yield
        connection.check_constraints()


# --- Owners -------------------------------------------------------------------------------------


def test_every_kind_of_owned_work_is_known_by_itself() -> None:
    assert CallBack in work_models()
    assert kind_of(CallBack) == KIND
    assert model_of(KIND) is CallBack
    assert model_of("desk.nothing") is None


def test_every_kind_of_owned_work_keeps_the_two_rules() -> None:
    for model in work_models():
        names = " ".join(constraint.name for constraint in model._meta.constraints)
        assert "_is_owned_while_open" in names
        assert "_note_is_sealed" in names
        assert model._meta.get_field("owner").related_model is OnDuty


def test_new_work_goes_to_the_owner_of_the_list(jan: User, fatima: User, by: Actor) -> None:
    set_work_list(KIND, owner=fatima, deputy=jan, by=by, now=NOW)
    work_for()
    assert owners() == ["Fatima"]
    assert owner_of_new(CallBack).user == fatima


def test_without_a_list_it_goes_to_who_has_been_here_longest(jan: User, fatima: User) -> None:
    OnDuty.objects.filter(user=fatima).update(since=NOW - timedelta(days=1))
    assert owner_of_new(CallBack).user == fatima
    assert [duty.user for duty in people_on_duty()] == [fatima, jan]


@pytest.mark.django_db
def test_with_nobody_here_new_work_is_refused() -> None:
    with pytest.raises(NotOnDuty):
        work_for()


def test_somebody_who_is_not_here_gets_no_work(jan: User, mo: User, by: Actor) -> None:
    work = work_for(jan)
    with pytest.raises(NotOnDuty):
        assign_work(work, to=mo, by=by, now=NOW)
    with pytest.raises(NotOnDuty):
        duty_or_refuse(mo)
    with pytest.raises(NotOnDuty):
        set_work_list(KIND, owner=jan, deputy=mo, by=by, now=NOW)
    assert lock_duty(mo) == {}


@pytest.mark.parametrize(
    "values",
    [
        {"owner": None},
        {"closed_at": NOW},
        {"closed_by": SYSTEM.key},
        {"closed_at": NOW, "closed_by": SYSTEM.key},
    ],
)
def test_the_database_refuses_open_work_without_an_owner_and_done_work_with_one(
    jan: User, values: dict[str, object]
) -> None:
    work_for(jan)
    with pytest.raises(IntegrityError, match="is_owned_while_open"), transaction.atomic():
        CallBack.objects.update(**values)


def test_the_database_refuses_a_readable_note(jan: User) -> None:
    work_for(jan)
    with pytest.raises(IntegrityError, match="note_is_sealed"), transaction.atomic():
        CallBack.objects.update(sealed_note="Her hip hurts.")


def test_the_database_refuses_to_take_somebody_off_duty_who_owns_work(jan: User) -> None:
    work_for(jan)
    with pytest.raises(ProtectedError):
        OnDuty.objects.get(user=jan).delete()
    with database_refuses("owner_id"):
        OnDuty.objects.filter(user=jan)._raw_delete("default")


def test_coming_on_duty_twice_changes_nothing(jan: User, by: Actor) -> None:
    before = OnDuty.objects.get(user=jan)
    assert begin_duty(jan, by=by, now=NOW + timedelta(days=1)) == before
    assert Entry.objects.filter(verb="desk.begin_duty").count() == 1
    assert str(before) == "Jan"


# --- A closed account ---------------------------------------------------------------------------


def test_an_account_that_owns_work_cannot_be_closed(jan: User) -> None:
    work_for(jan)
    with database_refuses("owner_id"):
        User.objects.filter(pk=jan.pk).update(is_active=False)


def test_an_account_without_work_goes_off_duty_when_it_is_closed(jan: User) -> None:
    User.objects.filter(pk=jan.pk).update(is_active=False)
    connection.check_constraints()
    assert not OnDuty.objects.exists()


def test_a_closed_account_cannot_come_on_duty(mo: User, by: Actor) -> None:
    User.objects.filter(pk=mo.pk).update(is_active=False)
    mo.refresh_from_db()
    with pytest.raises(NotOnDuty):
        begin_duty(mo, by=by, now=NOW)
    with database_refuses("somebody_who_may_log_in"):
        OnDuty.objects.create(user=mo, since=NOW)
    with pytest.raises(IntegrityError, match="on_duty_may_log_in"), transaction.atomic():
        OnDuty.objects.create(user=mo, since=NOW, may_log_in=False)


# --- Handing over -------------------------------------------------------------------------------


def test_all_open_work_moves_in_one_action_and_done_work_stays_done(
    jan: User, fatima: User, by: Actor
) -> None:
    done = work_for(jan)
    work_for(jan)
    work_for(jan)
    close_work(done, by=by, now=NOW)
    assert hand_over(jan, to=fatima, by=by, now=NOW) == 2
    assert owners() == ["None", "Fatima", "Fatima"]


def test_handing_over_to_oneself_or_to_somebody_away_is_refused(
    jan: User, mo: User, by: Actor
) -> None:
    for to in (jan, mo):
        with pytest.raises(NotOnDuty):
            hand_over(jan, to=to, by=by, now=NOW)


def test_a_list_goes_to_the_deputy_and_asks_for_a_new_one(
    jan: User, fatima: User, by: Actor
) -> None:
    set_work_list(KIND, owner=jan, deputy=fatima, by=by, now=NOW)
    leave_duty(jan, to=fatima, by=by, now=NOW)
    work_list = work_list_of(KIND)
    assert work_list is not None
    assert (work_list.owner.user, work_list.deputy) == (fatima, None)
    assert str(work_list) == KIND


def test_a_deputy_who_leaves_is_followed_up_or_left_open(
    jan: User, fatima: User, by: Actor
) -> None:
    third = on_duty("Els")
    set_work_list(KIND, owner=jan, deputy=fatima, by=by, now=NOW)
    rows = lock_duty(jan, fatima, third)
    move_everything(rows[fatima.pk], to=rows[third.pk])
    assert WorkList.objects.get().deputy == rows[third.pk]
    move_everything(rows[third.pk], to=rows[jan.pk])
    assert WorkList.objects.get().deputy is None


def test_the_database_refuses_a_deputy_who_is_the_owner(jan: User, by: Actor) -> None:
    set_work_list(KIND, owner=jan, deputy=None, by=by, now=NOW)
    with pytest.raises(IntegrityError, match="somebody_else"), transaction.atomic():
        WorkList.objects.update(deputy=OnDuty.objects.get(user=jan))


def test_who_leaves_owns_nothing_and_can_be_closed(jan: User, fatima: User, by: Actor) -> None:
    work_for(jan)
    assert leave_duty(jan, to=fatima, by=by, now=NOW) == 1
    User.objects.filter(pk=jan.pk).update(is_active=False)
    connection.check_constraints()
    assert owners() == ["Fatima"]


# --- Absence ------------------------------------------------------------------------------------


def test_an_absence_moves_all_open_work_to_the_deputy(jan: User, fatima: User, by: Actor) -> None:
    work_for(jan)
    absence = away(jan, fatima)
    assert start_absence(absence, by=by, now=NOW) == 1
    assert owners() == ["Fatima"]
    assert absence.running
    with pytest.raises(NotOnDuty):
        work_for(jan)


@pytest.mark.parametrize(("days_ahead", "owner"), [(0, "Fatima"), (1, "Jan")])
def test_an_absence_planned_from_today_begins_at_once(
    jan: User, fatima: User, by: Actor, days_ahead: int, owner: str
) -> None:
    work_for(jan)
    first = TODAY + timedelta(days=days_ahead)
    days = {"first_day": first, "last_day": first, "today": TODAY}
    plan_and_start(jan, deputy=fatima, **days, by=by, now=NOW)
    assert owners() == [owner]


def test_starting_twice_changes_nothing(jan: User, fatima: User, by: Actor) -> None:
    work_for(jan)
    absence = away(jan, fatima)
    start_absence(absence, by=by, now=NOW)
    assert start_absence(absence, by=by, now=NOW) == 0
    assert Entry.objects.filter(verb="desk.start_absence").count() == 1


def test_who_is_back_can_own_work_again_and_gets_the_rest_in_one_action(
    jan: User, fatima: User, by: Actor
) -> None:
    work_for(jan)
    absence = away(jan, fatima)
    start_absence(absence, by=by, now=NOW)
    assert end_absence(absence, by=by, now=NOW + timedelta(days=3)) is not None
    assert owners() == ["Fatima"]
    hand_over(fatima, to=jan, by=by, now=NOW)
    assert owners() == ["Jan"]
    for again in (start_absence, end_absence):
        with pytest.raises(AlreadyBack):
            again(absence, by=by, now=NOW)


def test_an_absence_that_never_began_can_be_called_off(jan: User, fatima: User, by: Actor) -> None:
    absence = away(jan, fatima)
    assert end_absence(absence, by=by, now=NOW) is None
    assert list(absences_to_start(TODAY)) == []


def test_when_the_deputy_is_away_too_their_deputy_takes_it(
    jan: User, fatima: User, by: Actor
) -> None:
    third = on_duty("Els")
    start_absence(away(fatima, third), by=by, now=NOW)
    work_for(jan)
    start_absence(away(jan, fatima), by=by, now=NOW)
    assert owners() == ["Els"]


def test_when_two_stand_in_for_each_other_the_second_cannot_go(
    jan: User, fatima: User, by: Actor
) -> None:
    start_absence(away(fatima, jan), by=by, now=NOW)
    work = work_for(jan)
    absence = away(jan, fatima)
    with pytest.raises(NotOnDuty):
        start_absence(absence, by=by, now=NOW)
    with pytest.raises(NotOnDuty):
        empty_hands(absence)
    assert hold(work).owner == OnDuty.objects.get(user=jan)


def test_nobody_stands_in_for_somebody_who_is_just_not_here(mo: User) -> None:
    assert stand_in_for(mo) is None


def test_somebody_who_owned_nothing_goes_away_all_the_same(jan: User, mo: User, by: Actor) -> None:
    absence = away(mo, jan)
    assert start_absence(absence, by=by, now=NOW) == 0
    assert absence.running


def test_who_is_away_cannot_come_on_duty(jan: User, fatima: User, by: Actor) -> None:
    start_absence(away(jan, fatima), by=by, now=NOW)
    with pytest.raises(AwayNow):
        begin_duty(jan, by=by, now=NOW)
    with database_refuses("at once"):
        OnDuty.objects.create(user=jan, since=NOW)


@pytest.mark.parametrize("shift", [-1, 0, 3])
def test_impossible_absences_are_refused(jan: User, fatima: User, by: Actor, shift: int) -> None:
    away(jan, fatima)
    with pytest.raises(ImpossibleAbsence):
        plan_absence(
            jan,
            deputy=fatima,
            first_day=TODAY,
            last_day=TODAY + timedelta(days=shift),
            by=by,
            now=NOW,
        )


def test_nobody_is_their_own_deputy(jan: User, by: Actor) -> None:
    with pytest.raises(ImpossibleAbsence):
        plan_absence(jan, deputy=jan, first_day=TODAY, last_day=TODAY, by=by, now=NOW)


def test_a_night_ends_and_begins_what_is_due_and_names_what_is_stuck(
    jan: User, fatima: User, by: Actor
) -> None:
    absence = away(jan, fatima, days=2)
    assert str(absence.key) == str(absence)
    assert list(absences_ahead(TODAY)) == [absence]
    assert list(absences_to_start(TODAY - timedelta(days=1))) == []
    stuck = start_and_end(absences_to_start(TODAY), absences_to_end(TODAY), by=by, now=NOW)
    assert stuck == []
    later = TODAY + timedelta(days=3)
    assert list(absences_to_end(later - timedelta(days=1))) == []
    impossible = plan_absence(fatima, deputy=jan, first_day=TODAY, last_day=TODAY, by=by, now=NOW)
    assert start_and_end([impossible], [], by=by, now=NOW) == [impossible]
    start_and_end(absences_to_start(later), absences_to_end(later), by=by, now=NOW)
    assert OnDuty.objects.filter(user=jan).exists()
    assert list(absences_ahead(later)) == []


# --- One piece of work --------------------------------------------------------------------------


def test_work_is_given_put_off_noted_and_done(jan: User, fatima: User, by: Actor) -> None:
    work: OwnedWork = work_for(jan)
    assign_work(work, to=fatima, by=by, now=NOW)
    set_due_day(work, due_on=TODAY + timedelta(days=2), by=by, now=NOW)
    changed = change_note(work, note="Liefst na tweeën.", by=by, now=NOW)
    assert changed.due_on == date(2026, 10, 7)
    assert unseal(None, changed.sealed_note) == "Liefst na tweeën."
    assert owners() == ["Fatima"]
    closed = close_work(work, by=by, now=NOW)
    assert (closed.owner, closed.closed_by) == (None, by.key)
    assert list(open_work(CallBack)) == []


def test_moving_work_is_all_or_nothing(jan: User, fatima: User, mo: User, by: Actor) -> None:
    work = work_for(jan)
    day = TODAY + timedelta(days=3)
    with pytest.raises(NotOnDuty):
        move_work(work, to=mo, due_on=day, by=by, now=NOW)
    assert hold(work).due_on == TODAY
    move_work(work, to=fatima, due_on=day, by=by, now=NOW)
    move_work(work, to=None, due_on=None, by=by, now=NOW)
    assert (owners(), hold(work).due_on) == (["Fatima"], day)


def test_what_is_done_cannot_be_changed(jan: User, by: Actor) -> None:
    work = work_for(jan)
    close_work(work, by=by, now=NOW)
    attempts: list[Callable[[], object]] = [
        lambda: assign_work(work, to=jan, by=by, now=NOW),
        lambda: set_due_day(work, due_on=TODAY, by=by, now=NOW),
        lambda: change_note(work, note="x", by=by, now=NOW),
        lambda: close_work(work, by=by, now=NOW),
    ]
    for attempt in attempts:
        with pytest.raises(AlreadyDone):
            attempt()


# --- Two at once: real transactions in a database of their own ----------------------------------


def in_parallel(*tasks: Callable[[], object]) -> list[str]:
    """Run each task in a thread and a connection of its own; return how each ended."""
    ready, outcome = threading.Barrier(len(tasks)), ["?"] * len(tasks)

    def run(number: int, task: Callable[[], object]) -> None:
        ready.wait()
        try:
            task()
            outcome[number] = "done"
        except (AwayNow, NotOnDuty, IntegrityError) as error:
            outcome[number] = type(error).__name__
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(number, task)) for number, task in enumerate(tasks)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcome


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize("attempt", range(5))
def test_work_given_while_somebody_goes_away_never_ends_up_with_them(attempt: int) -> None:
    jan, fatima = on_duty("Jan"), on_duty("Fatima")
    work = work_for(fatima)
    absence = away(jan, fatima)
    give = [lambda: assign_work(work, to=jan, by=SYSTEM, now=NOW), lambda: work_for(jan)]
    outcome = in_parallel(
        lambda: start_absence(absence, by=SYSTEM, now=NOW), *give[:: 1 if attempt % 2 else -1]
    )
    assert outcome[0] == "done"
    assert set(outcome[1:]) <= {"done", "NotOnDuty"}
    assert set(owners()) == {"Fatima"}
    assert not OnDuty.objects.filter(user=jan).exists()


@pytest.mark.usefixtures("committed_db")
def test_a_raw_insert_that_waits_for_a_departure_is_refused_by_the_database() -> None:
    jan, fatima = on_duty("Jan"), on_duty("Fatima")
    duty = OnDuty.objects.get(user=jan)
    written, gone = threading.Event(), threading.Event()

    def write_behind_the_actions() -> None:
        with transaction.atomic():
            CallBack.objects.create(whom="X", owner=duty, opened_at=NOW, due_on=TODAY)
            written.set()
            gone.wait(timeout=10)

    def go() -> None:
        written.wait(timeout=10)
        leave_duty(jan, to=fatima, by=SYSTEM, now=NOW)
        gone.set()

    assert in_parallel(write_behind_the_actions, go) == ["IntegrityError", "done"]
    assert not CallBack.objects.exists()


@pytest.mark.usefixtures("committed_db")
def test_an_account_closed_while_work_comes_in_is_refused_or_owns_nothing() -> None:
    jan = on_duty("Jan")
    outcome = in_parallel(
        lambda: User.objects.filter(pk=jan.pk).update(is_active=False), lambda: work_for(jan)
    )
    open_ = CallBack.objects.filter(owner__isnull=False).count()
    active = User.objects.get(pk=jan.pk).is_active
    assert outcome.count("done") == 1
    assert (open_, active) in {(1, True), (0, False)}


@pytest.mark.usefixtures("committed_db")
def test_coming_on_duty_while_going_away_leaves_one_of_the_two() -> None:
    jan, fatima = on_duty("Jan"), on_duty("Fatima")
    absence = away(jan, fatima)
    leave_duty(jan, to=fatima, by=SYSTEM, now=NOW)
    outcome = in_parallel(
        lambda: start_absence(absence, by=SYSTEM, now=NOW),
        lambda: begin_duty(jan, by=SYSTEM, now=NOW),
    )
    assert "done" in outcome
    absence.refresh_from_db()
    assert absence.running != OnDuty.objects.filter(user=jan).exists()
