"""Double records are found, shown, and put together by hand with nothing lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.urls import reverse

from omzien.base.catalogue.actions.offers import add_offer, end_offer, publish_offer
from omzien.base.catalogue.actions.parties import add_location
from omzien.base.catalogue.actions.schedules import set_schedule
from omzien.base.catalogue.actions.terms import load_terms
from omzien.base.catalogue.importers.rows import ChangeRow, LineRow
from omzien.base.catalogue.models import Offer, Status, Term
from omzien.base.catalogue.queries.schedules import rows_of
from omzien.base.exchange.actions.merging import (
    AlreadyEnded,
    KeptInTwoSystems,
    SameRecord,
    join_schedules,
    linked,
    merge_offers,
)
from omzien.base.exchange.models import Merged
from omzien.base.exchange.queries.duplicates import (
    choices_between,
    duplicates,
    merged_into,
    pair_of,
    said,
)
from omzien.base.history.queries import revisions_of
from omzien.base.journal.models import Actor
from omzien.base.network.actions import add_organisation
from tests.cast import browser_of

if TYPE_CHECKING:
    from omzien.base.accounts.models import User

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
BY = Actor.system("tests")
TUESDAYS = LineRow(date(2026, 9, 1), time(10), 120, weekdays=(1,))
FRIDAYS = LineRow(date(2026, 9, 4), time(14), 60, weekdays=(4,))
pytestmark = pytest.mark.django_db


def offer(name: str, *lines: LineRow, **details: Any) -> Offer:  # noqa: ANN401 - of any type
    owner = add_organisation(f"Club {uuid4()}", sector="sport", by=BY, now=NOW)
    made = add_offer(
        owner, name=name, summary=f"{name}.", kind="activity", by=BY, now=NOW, **details
    )
    set_schedule(made, lines=lines, by=BY, now=NOW)
    return publish_offer(made, by=BY, now=NOW)


def test_pairs_are_found_by_name_telephone_and_address() -> None:
    where = {"street": "Merelhof 1", "postcode": "2717AA"}
    halls = [add_location(name, by=BY, now=NOW, **where) for name in ("A", "B")]
    one = offer("Wandelen om de plas", TUESDAYS, phone="079 111", location=halls[0])
    other = offer("Wandelen om de Plas!", TUESDAYS, phone="079 111", location=halls[1])
    offer("Schaken", phone="079 222")
    (found,) = duplicates()
    assert {found.one, found.other} == {one, other}
    assert (found.same_name, found.same_phone) == (True, True)
    assert (found.same_address, found.same_time) == (True, True)


def test_the_same_telephone_with_other_names_is_no_pair() -> None:
    offer("Wandelen", phone="079 111")
    offer("Schaken", phone="079 111")
    assert duplicates() == []


def test_what_only_one_says_stays_and_the_rest_is_chosen() -> None:
    keep = offer("Wandelen", TUESDAYS, price_cents=250, phone="079 111")
    other = offer("Wandelclub", FRIDAYS, price_cents=0, website="https://w.example")
    merged = merge_offers(keep, other=other, from_other=["price_cents"], by=BY, now=NOW)
    assert (merged.name, merged.price_cents) == ("Wandelen", 0)
    assert (merged.phone, merged.website) == ("079 111", "https://w.example")
    assert rows_of(merged)[0] == (TUESDAYS, FRIDAYS)
    assert Offer.objects.get(pk=other.pk).status == Status.ENDED


def test_nothing_is_lost_history_shows_what_was() -> None:
    keep, other = offer("Wandelen", price_cents=250), offer("Wandelclub", price_cents=0)
    merged = merge_offers(keep, other=other, from_other=["price_cents"], by=BY, now=NOW)
    assert any(rev.before.get("price_cents") == 250 for rev in revisions_of(merged))
    gone = Offer.objects.get(pk=other.pk)
    assert (gone.name, gone.price_cents) == ("Wandelclub", 0)


def test_words_of_both_are_joined() -> None:
    load_terms(by=BY, now=NOW)
    walking, coffee = (Term.objects.get(slug=slug) for slug in ("wandelen", "koffie"))
    keep, other = offer("Wandelen"), offer("Wandelclub")
    keep.terms.add(walking)
    other.terms.add(coffee)
    merged = merge_offers(keep, other=other, by=BY, now=NOW)
    assert linked(merged, "terms") == {walking.pk, coffee.pk}


def test_an_old_address_leads_on_also_when_it_happens_twice() -> None:
    one, two, three = offer("A"), offer("B"), offer("C")
    merge_offers(two, other=one, by=BY, now=NOW)
    merge_offers(three, other=two, by=BY, now=NOW)
    assert merged_into(one.slug) == three
    assert merged_into("nowhere") is None
    assert Merged.objects.get(old_slug=one.slug).old_key == one.key


def test_what_cannot_be_merged_is_refused() -> None:
    keep, other = offer("A"), offer("B")
    with pytest.raises(SameRecord):
        merge_offers(keep, other=keep, by=BY, now=NOW)
    Offer.objects.filter(pk=other.pk).update(source_name="Elders")
    with pytest.raises(KeptInTwoSystems):
        merge_offers(keep, other=other, by=BY, now=NOW)
    end_offer(Offer.objects.get(pk=other.pk), by=BY, now=NOW)
    with pytest.raises(AlreadyEnded):
        merge_offers(keep, other=other, by=BY, now=NOW)
    assert pair_of(keep.key, other.key) is None


def test_the_same_line_of_both_stays_once() -> None:
    keep, other = offer("A", TUESDAYS), offer("B", TUESDAYS)
    set_schedule(
        other, lines=[TUESDAYS], changes=[ChangeRow(day=date(2026, 11, 10))], by=BY, now=NOW
    )
    join_schedules(keep, other, by=BY, now=NOW)
    assert rows_of(keep) == ((TUESDAYS,), (ChangeRow(day=date(2026, 11, 10)),))


def test_only_fields_in_which_both_say_something_are_asked() -> None:
    one, other = offer("A", phone="1", price_cents=0), offer("B", website="https://b.example")
    assert [choice.field for choice in choices_between(one, other)] == ["name", "summary"]
    nothing: list[object] = ["", None, []]
    assert not any(said(value) for value in nothing)
    assert said(0)
    assert said(value=False)


def test_an_editor_looks_at_both_and_puts_them_together(noor: User) -> None:
    keep, other = offer("Wandelen om de plas"), offer("Wandelen om de Plas")
    browser = browser_of(noor)
    listed = browser.get(reverse("exchange:duplicates")).content.decode()
    page = reverse("exchange:merge", args=[keep.key, other.key])
    assert "Wandelen om de Plas" in listed
    assert "Wandelen om de Plas" in browser.get(page).content.decode()
    browser.post(page, {"name": "other"})
    assert Offer.objects.get(pk=keep.pk).name == "Wandelen om de Plas"
    assert browser.get(page).status_code == 404
