"""Organisations, the networks in which they work together, and who may act for them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from omzien.base.history.queries import differences, revisions_of
from omzien.base.journal.models import Actor, Entry
from omzien.base.network.actions import (
    OrganisationEnded,
    UnknownField,
    add_network,
    add_organisation,
    change_organisation,
    end_delegate,
    end_organisation,
    free_slug,
    join_network,
    leave_network,
    name_delegate,
    refuse_unknown,
)
from omzien.base.network.models import Delegate, Membership, Organisation
from omzien.base.network.permissions import may_act_for
from omzien.base.network.queries import (
    delegates_of,
    networks,
    networks_of,
    organisation_by_key,
    organisation_by_slug,
    organisations,
    organisations_named,
    organisations_of,
    parts_of,
)

if TYPE_CHECKING:
    from omzien.base.accounts.models import User

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
BY = Actor.system("tests")
pytestmark = pytest.mark.django_db


def club(name: str = "Wandelclub Rokkeveen") -> Organisation:
    return add_organisation(name, sector="sport", by=BY, now=NOW)


def test_two_organisations_of_one_name_have_an_address_each() -> None:
    assert [club().slug, club().slug] == ["wandelclub-rokkeveen", "wandelclub-rokkeveen-2"]
    assert free_slug("Wandelclub Rokkeveen") == "wandelclub-rokkeveen-3"
    assert free_slug("?") == "organisatie"


def test_an_organisation_is_found_by_a_misspelt_name() -> None:
    found = club()
    club("Zangkoor Seghwaert")
    assert list(organisations_named("wandelclub rokeveen")) == [found]
    assert organisation_by_slug(found.slug) == found
    assert organisation_by_key(found.key) == found


def test_a_change_is_kept_with_what_it_was() -> None:
    changed = change_organisation(club(), name="Loopclub", phone="079 111", by=BY, now=NOW)
    assert [(d.field, d.before) for d in differences(revisions_of(changed)[0])] == [
        ("name", "Wandelclub Rokkeveen"),
        ("phone", ""),
    ]
    assert (changed.folded_name, changed.slug) == ("loopclub", "wandelclub-rokkeveen")
    assert Entry.objects.filter(verb="network.change_organisation").count() == 1


def test_a_field_that_nobody_may_set_is_refused() -> None:
    with pytest.raises(UnknownField):
        change_organisation(club(), ended_on=NOW.date(), by=BY, now=NOW)
    with pytest.raises(UnknownField):
        refuse_unknown(["slug"])


def test_who_acts_for_an_organisation_acts_for_its_parts(mo: User) -> None:
    whole = club("Stichting Samen")
    part = club("Samen Palenstein")
    part = change_organisation(part, part_of=whole, by=BY, now=NOW)
    assert not may_act_for(part, user=mo)
    name_delegate(whole, user=mo, by=BY, now=NOW)
    assert may_act_for(part, user=mo)
    assert list(organisations_of(mo)) == [whole]


def test_naming_a_delegate_twice_changes_nothing(mo: User) -> None:
    found = club()
    first = name_delegate(found, user=mo, by=BY, now=NOW)
    assert name_delegate(found, user=mo, by=BY, now=NOW) == first
    assert list(delegates_of(found)) == [first]
    end_delegate(first, by=BY, now=NOW)
    end_delegate(first, by=BY, now=NOW)
    assert not may_act_for(found, user=mo)
    assert Entry.objects.filter(verb="network.end_delegate").count() == 1


def test_an_organisation_that_stopped_takes_its_delegates_along(mo: User) -> None:
    found = club()
    name_delegate(found, user=mo, by=BY, now=NOW)
    end_organisation(found, on=NOW.date(), by=BY, now=NOW)
    assert not organisations().exists()
    assert not Delegate.objects.filter(ended_at__isnull=True).exists()
    with pytest.raises(OrganisationEnded):
        end_organisation(found, on=NOW.date(), by=BY, now=NOW)
    found.refresh_from_db()
    with pytest.raises(OrganisationEnded):
        name_delegate(found, user=mo, by=BY, now=NOW)


def test_organisations_join_and_leave_a_network() -> None:
    care = add_network("Wijkzorgnetwerk Meerzicht", by=BY, now=NOW)
    found, day = club(), date(2026, 11, 3)
    membership = join_network(care, organisation=found, on=day, by=BY, now=NOW)
    assert join_network(care, organisation=found, on=day, by=BY, now=NOW) == membership
    assert [list(network.organisations.all()) for network in networks()] == [[found]]
    leave_network(membership, on=day, by=BY, now=NOW)
    leave_network(membership, on=date(2026, 12, 1), by=BY, now=NOW)
    assert Membership.objects.get().until == day


def test_an_organisation_that_stopped_joins_nothing() -> None:
    found = club()
    end_organisation(found, on=NOW.date(), by=BY, now=NOW)
    found.refresh_from_db()
    care = add_network("Wijkzorgnetwerk Meerzicht", by=BY, now=NOW)
    with pytest.raises(OrganisationEnded):
        join_network(care, organisation=found, on=NOW.date(), by=BY, now=NOW)


@pytest.mark.parametrize("nonsense", [{"kvk_number": "12"}, {"sector": "party"}, {"name": ""}])
def test_the_database_refuses_what_cannot_be(nonsense: dict[str, object]) -> None:
    found = club()
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=found.pk).update(**nonsense)


def test_no_organisation_is_a_part_of_itself() -> None:
    found = club()
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=found.pk).update(part_of=found)


def test_an_organisation_knows_its_networks_of_now_and_its_parts() -> None:
    found, other = club(), club("Zangkoor")
    care = add_network("Zorgnetwerk", by=BY, now=NOW)
    left = add_network("Sportnetwerk", by=BY, now=NOW)
    join_network(care, organisation=found, on=NOW.date(), by=BY, now=NOW)
    membership = join_network(left, organisation=found, on=NOW.date(), by=BY, now=NOW)
    leave_network(membership, on=NOW.date(), by=BY, now=NOW)
    assert list(networks_of(found)) == [care]
    assert list(networks_of(other)) == []
    change_organisation(other, part_of=found, by=BY, now=NOW)
    assert list(parts_of(found)) == [other]
    end_organisation(other, on=NOW.date(), by=BY, now=NOW)
    assert list(parts_of(found)) == []
