"""An example for every address with parameters: one's own, and another person's.

A new address with parameters fails tests/test_access.py until it stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.utils import timezone

from omzien.base.accounts.actions import invite_person
from omzien.base.accounts.models import User
from omzien.base.catalogue.actions.offers import add_offer, publish_offer
from omzien.base.catalogue.actions.parties import add_location
from omzien.base.catalogue.actions.terms import load_terms
from omzien.base.catalogue.models import Offer
from omzien.base.desk.actions.calls import begin_call, promise_call_back
from omzien.base.desk.actions.duty import begin_duty, plan_absence
from omzien.base.exchange.actions.pages import hand_in_page
from omzien.base.exchange.actions.sheets import hand_in_sheet
from omzien.base.exchange.actions.subscriptions import subscribe
from omzien.base.exchange.importers.hsds.vocabulary import DETAIL_IDS, LIST_IDS, link_id
from omzien.base.freshness.actions.calls import open_call
from omzien.base.freshness.actions.changing import propose_changes
from omzien.base.freshness.actions.reports import report_wrong
from omzien.base.freshness.actions.seasons import open_questions, ring_about_seasons
from omzien.base.freshness.models import Season, SeasonCall
from omzien.base.freshness.queries.changes import Changes
from omzien.base.freshness.queries.seasons import Period
from omzien.base.journal.models import Actor
from omzien.base.network.actions import add_organisation, name_delegate
from omzien.base.people.actions.consents import record_consent
from omzien.base.people.actions.participants import register_participant
from omzien.base.people.queries.participants import Contact
from omzien.base.places.models import Area, AreaKind
from omzien.base.privacy.actions.break_glass import request_break_glass
from omzien.base.referrals.actions.referrals import refer
from omzien.methods.recurrence import DayRange

if TYPE_CHECKING:
    from collections.abc import Callable

    from omzien.base.desk.models import Call
    from omzien.base.people.models import Participant
    from omzien.base.referrals.models import Referral

    Kwargs = dict[str, object]

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
DESK = Actor.system("examples")
# Far ahead, for what the pages look at with the real clock.
LATER = datetime(2126, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Example:
    """How to fill in the parameters of one address for `user`, and for somebody else.

    `foreign` is what an admitted role gets for another person's object: 404 where each person has
    their own, 200 where the role is about everybody's.
    """

    make: Callable[[User], Kwargs]
    foreign: int = 404


def passkey(user: User) -> Kwargs:
    made = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "phone"}
    )
    return {"pk": made.pk}


def invitation_token(user: User) -> Kwargs:
    del user
    return {"token": invited()[1]}


def invitation_key(user: User) -> Kwargs:
    del user
    return {"key": invited()[0]}


def invited() -> tuple[object, str]:
    email = f"new{Authenticator.objects.count()}-{LATER:%f}@example.nl"
    by = Actor.system("examples")
    made, token = invite_person(
        email, role="editor", organisation="", by=by, now=LATER - timedelta(days=1)
    )
    return made.key, token


def village(_user: User) -> Area:
    dorp = {"kind": AreaKind.NEIGHBOURHOOD, "name": "Dorp", "folded_name": "dorp"}
    area, _made = Area.objects.get_or_create(code="BU06370001", division_year=2024, defaults=dorp)
    return area


def neighbourhood(user: User) -> Kwargs:
    area = village(user)
    return {"division_year": area.division_year, "code": area.code, "name": "dorp"}


def neighbourhood_code(user: User) -> Kwargs:
    return {"code": village(user).code}


def her_record() -> Participant:
    """Return Mrs De Vries as the desk finds her."""
    contact = Contact(surname="De Vries", street="Meerzichtlaan", house_number="12")
    return register_participant(contact, area=None, by=DESK, now=NOW)


def own(user: User) -> Call:
    """Return a call that `user` answered a moment ago."""
    return begin_call(
        her_record(),
        caller_kind="self",
        reason="desk.caller",
        by=user.actor("coordinator"),
        now=timezone.now(),
    )


def her_key(_user: User) -> Kwargs:
    return {"key": her_record().key}


def own_call(user: User) -> Kwargs:
    return {"key": own(user).key}


def own_consent(user: User) -> Kwargs:
    call = own(user)
    consent = record_consent(
        call.participant,
        purpose="share",
        receiver="inzet",
        wording="1",
        given_how="oral",
        by=DESK,
        now=NOW,
    )
    return {"key": call.key, "consent": consent.key}


def open_promise(user: User) -> Kwargs:
    begin_duty(user, by=DESK, now=NOW)
    made = promise_call_back(None, whom="Bakker", due_on=LATER.date(), by=DESK, now=NOW)
    return {"key": made.key}


def planned_absence(user: User) -> Kwargs:
    deputy = User.objects.create(email=f"deputy-{user.pk}@example.nl", joined_at=NOW)
    day = LATER.date()
    made = plan_absence(user, deputy=deputy, first_day=day, last_day=day, by=DESK, now=NOW)
    return {"key": made.key}


def emergency(user: User) -> Kwargs:
    made = request_break_glass(
        "municipality",
        subject_key=user.key,
        reason="danger",
        explanation="De buren horen haar roepen.",
        by=user.actor("coordinator"),
        now=NOW,
    )
    return {"key": made.key}


def referral_of(user: User) -> Referral:
    """Return a referral to an organisation for which `user` may act."""
    receiver = add_organisation("Koor", sector="culture", by=DESK, now=NOW)
    name_delegate(receiver, user=user, by=DESK, now=NOW)
    her = her_record()
    record_consent(
        her,
        purpose="share",
        receiver=receiver.slug,
        wording="1",
        given_how="oral",
        by=DESK,
        now=NOW,
    )
    jan = User.objects.create(email=f"owner-{user.pk}@example.nl", joined_at=NOW)
    begin_duty(jan, by=DESK, now=NOW)
    return refer(
        her,
        receiver=receiver,
        offer=None,
        wish="",
        goes_along="nobody",
        referred_from="desk",
        owner=jan,
        by=DESK,
        now=NOW,
    )


def referral_key(user: User) -> Kwargs:
    return {"key": referral_of(user).key}


def own_sheet(user: User) -> Kwargs:
    made = hand_in_sheet(
        b"Naam;Organisatie\nKoor;Zangers\n",
        file_name="lijst.csv",
        source_name="",
        by=user.actor("editor"),
        now=NOW,
    )
    return {"key": made.key}


def own_page(user: User) -> Kwargs:
    event = '{"@type": "Event", "name": "Koor", "startDate": "2126-01-01T10:00"}'
    page = f'<script type="application/ld+json">{event}</script>'
    made = hand_in_page(
        page.encode(), organisation="Zangers", source_name="", by=user.actor("editor"), now=NOW
    )
    return {"key": made.key}


def subscription(_user: User) -> Kwargs:
    owner = add_organisation("Zangers", sector="culture", by=DESK, now=NOW)
    address = "https://zangers.example/agenda.ics"
    return {"key": subscribe(owner, address=address, by=DESK, now=NOW).key}


def two_offers(_user: User) -> Kwargs:
    owner = add_organisation("Zangers", sector="culture", by=DESK, now=NOW)
    one, other = (
        add_offer(owner, name=name, summary=name, kind="activity", by=DESK, now=NOW)
        for name in ("Koor", "Zangkoor")
    )
    return {"one": one.key, "other": other.key}


def offer() -> Offer:
    """Return a visible offer of a choir."""
    choir = add_organisation("Koor", sector="culture", by=DESK, now=NOW)
    made = add_offer(choir, name="Zingen", summary="Samen.", kind="activity", by=DESK, now=NOW)
    return publish_offer(made, by=DESK, now=NOW)


def location_key(_user: User) -> Kwargs:
    return {"key": add_location("Buurthuis", by=DESK, now=NOW).key}


def life_moment(_user: User) -> Kwargs:
    load_terms(by=DESK, now=NOW)
    return {"slug": "pas-verhuisd"}


def open_report(user: User) -> Kwargs:
    begin_duty(user, by=DESK, now=NOW)
    return {"key": report_wrong(offer(), what="time", said="", by=DESK, now=NOW).key}


def shown_offer() -> Offer:
    """Return something on the social map that everybody may see, at a location."""
    made = Offer.objects.filter(name="Koor in de zaal").first()
    if made:
        return made
    choir = add_organisation("Koor in de buurt", sector="culture", by=DESK, now=NOW)
    offer = add_offer(
        choir,
        name="Koor in de zaal",
        summary="Samen zingen.",
        kind="activity",
        location=add_location("De Zaal", by=DESK, now=NOW),
        by=DESK,
        now=NOW,
    )
    return publish_offer(offer, by=DESK, now=NOW)


def service_id(_user: User) -> Kwargs:
    return {"id": shown_offer().key}


def link_of_service(_user: User) -> Kwargs:
    return {"id": link_id(shown_offer().key)}


def organisation_id(_user: User) -> Kwargs:
    return {"id": shown_offer().organisation.key}


def offer_key(_user: User) -> Kwargs:
    return {"key": shown_offer().key}


def party_slug(_user: User) -> Kwargs:
    return {"slug": shown_offer().organisation.slug}


def theme_slug(_user: User) -> Kwargs:
    load_terms(by=DESK, now=NOW)
    return {"slug": "bewegen"}


def nowhere(_user: User) -> Kwargs:
    return {"rest": "nothing/here"}


def own_list(_user: User) -> Kwargs:
    return {"id": LIST_IDS["details"]}


def own_word(_user: User) -> Kwargs:
    return {"id": DETAIL_IDS["kind"]}


def own_offer(user: User) -> Offer:
    """Return an offer of an organisation that `user` acts for."""
    made = offer()
    name_delegate(made.organisation, user=user, by=DESK, now=NOW)
    return made


def open_proposal(_user: User) -> Kwargs:
    made = propose_changes(offer(), Changes({"name": "Koorzang"}), by=DESK, now=NOW)
    return {"key": made.key}


def nobodys_link(_user: User) -> Kwargs:
    return {"secret": "nobodys-secret", "key": offer().key}


def call_to_make(user: User) -> Kwargs:
    begin_duty(user, by=DESK, now=NOW)
    made = open_call(offer(), why="nobody", contact=None, on=NOW.date(), by=DESK, now=NOW)
    return {"key": made.key}


def season_to_ring_about(user: User) -> Kwargs:
    begin_duty(user, by=DESK, now=NOW)
    summer = Period(Season.SUMMER, DayRange(date(2126, 7, 13), date(2126, 8, 25)))
    open_questions({offer().organisation_id}, summer, now=NOW)
    ring_about_seasons(on=NOW.date(), by=DESK, now=NOW)
    return {"key": SeasonCall.objects.latest("pk").key}


EXAMPLES: dict[str, Example] = {
    "accounts:person": Example(lambda user: {"key": user.key}, foreign=200),
    "accounts:letter": Example(lambda user: {"key": user.key}, foreign=200),
    "accounts:withdraw": Example(invitation_key, foreign=200),
    "accounts:invitation": Example(invitation_token, foreign=200),
    "mfa_remove_webauthn": Example(passkey),
    "mfa_edit_webauthn": Example(passkey),
    "openid_connect_login": Example(lambda _user: {"provider_id": "municipality"}, foreign=200),
    "openid_connect_callback": Example(lambda _user: {"provider_id": "municipality"}, foreign=200),
    "letters:stop": Example(lambda _user: {"secret": "nobodys-secret"}, foreign=200),
    "jobs:retry": Example(lambda _user: {"number": 1}, foreign=200),
    "journal:viewers": Example(lambda user: {"key": user.key}, foreign=200),
    "journal:sheet": Example(lambda user: {"key": user.key}, foreign=200),
    "journal:export": Example(lambda user: {"key": user.key}, foreign=200),
    "privacy:emergency": Example(emergency, foreign=200),
    "privacy:allow": Example(emergency, foreign=200),
    "privacy:close": Example(emergency, foreign=200),
    "site:neighbourhood": Example(neighbourhood, foreign=200),
    "site:neighbourhood_newest": Example(neighbourhood_code, foreign=200),
    "site:leaflet": Example(neighbourhood_code, foreign=200),
    "site:plan_line": Example(lambda _user: {"name": "insight"}, foreign=200),
    "desk:open": Example(her_key, foreign=200),
    # A call is opened by who answered it; anybody else is sent back to the search.
    "desk:call": Example(own_call, foreign=200),
    "desk:promise": Example(own_call, foreign=200),
    "desk:contact": Example(own_call, foreign=200),
    "desk:consent": Example(own_call, foreign=200),
    "desk:take_back": Example(own_consent, foreign=200),
    "desk:representation": Example(own_call, foreign=200),
    "desk:call_back": Example(open_promise, foreign=200),
    "desk:back": Example(planned_absence, foreign=200),
    # A spreadsheet on its way in is seen by who handed it in.
    "exchange:columns": Example(own_sheet),
    "exchange:preview": Example(own_sheet),
    "exchange:take": Example(own_sheet),
    "exchange:page_preview": Example(own_page),
    "exchange:page_take": Example(own_page),
    "exchange:subscription": Example(subscription, foreign=200),
    "exchange:merge": Example(two_offers, foreign=200),
    "referrals:answer": Example(lambda _user: {"secret": "nobodys-secret"}, foreign=200),
    "referrals:refer": Example(her_key, foreign=200),
    "referrals:referral": Example(referral_key, foreign=200),
    # Only a delegate of the receiving organisation sees it.
    "referrals:received_one": Example(referral_key),
    "site:offer": Example(lambda _user: {"slug": offer().slug}, foreign=200),
    "site:organisation": Example(lambda _user: {"slug": offer().organisation.slug}, foreign=200),
    "site:location": Example(location_key, foreign=200),
    "site:life_moment": Example(life_moment, foreign=200),
    "site:handbook_page": Example(lambda _user: {"slug": "not-there"}, foreign=200),
    "freshness:link_offer": Example(nobodys_link, foreign=200),
    "freshness:link_schedule": Example(nobodys_link, foreign=200),
    "freshness:own_new": Example(lambda user: {"key": own_offer(user).organisation.key}),
    "freshness:own_offer": Example(lambda user: {"key": own_offer(user).key}),
    "freshness:own_schedule": Example(lambda user: {"key": own_offer(user).key}),
    "freshness:own_history": Example(lambda user: {"key": own_offer(user).key}),
    "freshness:editor_new": Example(lambda _user: {"key": offer().organisation.key}, foreign=200),
    "freshness:editor_offer": Example(lambda _user: {"key": offer().key}, foreign=200),
    "freshness:editor_schedule": Example(lambda _user: {"key": offer().key}, foreign=200),
    "freshness:editor_history": Example(lambda _user: {"key": offer().key}, foreign=200),
    "freshness:keepers": Example(lambda _user: {"key": offer().key}, foreign=200),
    "freshness:proposal": Example(open_proposal, foreign=200),
    "freshness:call": Example(call_to_make, foreign=200),
    "freshness:call_offer": Example(call_to_make, foreign=200),
    "freshness:call_schedule": Example(call_to_make, foreign=200),
    "freshness:wrong": Example(lambda _user: {"key": offer().key}, foreign=200),
    "freshness:turnout": Example(lambda _user: {"secret": "nobodys-secret"}, foreign=200),
    "freshness:desk_turnout": Example(lambda _user: {"key": offer().key}, foreign=200),
    "freshness:strip": Example(lambda _user: {"key": offer().key}, foreign=200),
    "freshness:season": Example(lambda _user: {"secret": "nobodys-secret"}, foreign=200),
    "freshness:season_call": Example(season_to_ring_about, foreign=200),
    "freshness:report": Example(open_report, foreign=200),
    "freshness:check": Example(lambda _user: {"secret": "nobodys-secret"}, foreign=200),
    "exchange:theme_calendar": Example(theme_slug, foreign=200),
    "exchange:area_calendar": Example(neighbourhood_code, foreign=200),
    "exchange:party_calendar": Example(party_slug, foreign=200),
    "exchange:offer_calendar": Example(offer_key, foreign=200),
    "exchange:embedded": Example(party_slug, foreign=200),
    "hsds:service": Example(service_id, foreign=200),
    "hsds:service_at_location": Example(link_of_service, foreign=200),
    "hsds:organization": Example(organisation_id, foreign=200),
    "hsds:rest": Example(nowhere, foreign=200),
    "api:offer": Example(service_id, foreign=200),
    "api:rest": Example(nowhere, foreign=200),
    "hsds:taxonomy": Example(own_list, foreign=200),
    "hsds:taxonomy_term": Example(own_word, foreign=200),
}
# What somebody who may come in gets beside a page, a redirect or an error of the form.
OTHER_ANSWERS = {
    # There is nothing (any more): no app, no codes, no provider in the settings, no such job.
    "mfa_view_recovery_codes": {404},
    "mfa_deactivate_totp": {404},
    "openid_connect_login": {404},
    "openid_connect_callback": {404},
    "site:handbook_page": {404},
    # No figures are loaded here.
    "site:figures_csv": {404},
    "site:figures_geojson": {404},
    "letters:stop": {404, 410},
    "freshness:check": {410},
    "hsds:api-root": {404},
    "hsds:rest": {404},
    "api:api-root": {404},
    "api:rest": {404},
    "freshness:season": {410},
    "freshness:turnout": {410},
    "freshness:link_offer": {410},
    "freshness:link_schedule": {410},
    # Taking back a change that nobody named.
    "freshness:own_history": {404},
    "freshness:editor_history": {404},
    "jobs:retry": {404},
    "referrals:answer": {410},
    # Asking again by a way that this person has not set up.
    "account_reauthenticate": {403},
    "mfa_reauthenticate": {403},
    "mfa_reauthenticate_webauthn": {403},
    "socialaccount_login_error": {401},
}
