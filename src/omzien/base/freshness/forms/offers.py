"""What an offer is, costs, where it is and how to get in touch."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models import Booking, Kind, Location, Offer
from omzien.base.catalogue.queries.languages import SPOKEN, languages_to_tick
from omzien.base.freshness.queries.changes import Changes, changes_in, may_describe
from omzien.base.freshness.queries.proposals import open_proposal_of
from omzien.base.history.queries import snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.forms.boundfield import BoundField
    from django.utils.functional import _StrPromise

    LocationField = forms.ModelChoiceField[Location]
else:  # Django's own class takes no type parameters while running.
    LocationField = forms.ModelChoiceField

PLACE_FIELDS = ("directions", "step_free", "wheelchair_toilet", "hearing_loop")
GROUPS: tuple[tuple[_StrPromise, tuple[str, ...]], ...] = (
    (
        _("What is it?"),
        ("name", "summary", "description", "kind", "for_whom", "alert", "languages"),
    ),
    (_("What does it cost?"), ("price", "price_note", "booking", "booking_note")),
    (_("Where is it?"), ("location", "at_home", "by_phone")),
    (
        _("How do you get there?"),
        (*PLACE_FIELDS, "transport_offered", "transport_note", "first_time_together"),
    ),
    (_("How do people get in touch?"), ("phone", "email", "website")),
)


class NewOfferForm(forms.Form):
    """The beginning of an offer: the rest is asked on the next page."""

    name = forms.CharField(label=_("Name"), max_length=160)
    summary = forms.CharField(
        label=_("In one sentence"),
        help_text=_("What do people do there, in words that everybody knows?"),
        max_length=300,
    )
    kind = forms.ChoiceField(label=_("What kind is it?"), choices=Kind.choices)


class OfferForm(NewOfferForm):
    """All that an owner may change of an offer; when it takes place has a page of its own."""

    description = forms.CharField(
        label=_("What happens there?"),
        help_text=_("Who do you meet, and what do you do?"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    alert = forms.CharField(
        label=_("What is different now?"),
        help_text=_("For example: this month in the library. Empty when nothing is."),
        max_length=300,
        required=False,
    )
    for_whom = forms.CharField(label=_("For whom?"), max_length=300, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Which languages are spoken?"),
        choices=languages_to_tick,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    price = forms.DecimalField(
        label=_("What does it cost a time, in euros?"),
        help_text=_("0 is free of charge. Empty means: I do not know."),
        min_value=0,
        max_digits=7,
        decimal_places=2,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    price_note = forms.CharField(label=_("About the price"), max_length=200, required=False)
    booking = forms.ChoiceField(label=_("Do people sign up?"), choices=Booking.choices)
    booking_note = forms.CharField(label=_("How?"), max_length=300, required=False)
    location = LocationField(
        label=_("At which address?"),
        queryset=Location.objects.none(),
        required=False,
        empty_label=_("at no fixed address"),
    )
    at_home = forms.BooleanField(label=_("You come to people at home"), required=False)
    by_phone = forms.BooleanField(label=_("It is by telephone"), required=False)
    directions = forms.CharField(
        label=_("How do you get there?"),
        help_text=_("The bus stop, the door, the bell."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    step_free = forms.NullBooleanField(label=_("Can you come in without steps?"))
    wheelchair_toilet = forms.NullBooleanField(label=_("Is there a wheelchair toilet?"))
    hearing_loop = forms.NullBooleanField(label=_("Is there a hearing loop?"))
    transport_offered = forms.BooleanField(label=_("People can be fetched"), required=False)
    transport_note = forms.CharField(label=_("How is that done?"), max_length=200, required=False)
    first_time_together = forms.BooleanField(
        label=_("Somebody can go along the first time"), required=False
    )
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    website = forms.URLField(
        label=_("Website"), max_length=300, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        kwargs.setdefault("initial", initial_of(offer))
        super().__init__(*args, **kwargs)
        self.offer = offer
        place = self.fields["location"]
        assert isinstance(place, forms.ModelChoiceField)  # noqa: S101 - it stands above
        place.queryset = locations_for(offer)
        if not may_describe(offer):
            for name in PLACE_FIELDS:
                del self.fields[name]

    @property
    def groups(self) -> Iterator[tuple[_StrPromise, list[BoundField]]]:
        """Yield the fields by heading, as a page shows them."""
        for title, names in GROUPS:
            yield title, [self[name] for name in names if name in self.fields]

    def changes(self) -> Changes:
        """Return what was filled in, of the offer and of its location."""
        given = dict(self.cleaned_data)
        price, place = given.pop("price"), given.pop("location")
        described = {name: given.pop(name) for name in PLACE_FIELDS if name in given}
        own = {
            **given,
            "languages": self.languages_kept(given["languages"]),
            "price_cents": None if price is None else int(price * 100),
            "location": place.pk if place else None,
        }
        # What is described is the location that it had: a new one is described the next time.
        moved = own["location"] != self.offer.location_id
        return Changes(offer=own, location={} if moved else described)

    def languages_kept(self, ticked: list[str]) -> list[str]:
        """Return what was ticked in the order it had, and languages that the list has not."""
        before = self.offer.languages
        kept = [code for code in before if code in ticked or code not in SPOKEN]
        return kept + [code for code in ticked if code not in kept]


def locations_for(offer: Offer) -> QuerySet[Location]:
    """Return where an offer may be: what belongs to its organisation, or where that is already."""
    used = Offer.objects.filter(organisation=offer.organisation_id).values("location")
    own = Q(organisation=offer.organisation_id) | Q(pk__in=used)
    return Location.objects.filter(own, ended_on__isnull=True).order_by("folded_name", "pk")


def initial_of(offer: Offer) -> dict[str, Any]:
    """Return what stands there now, or what waits for an editor."""
    names = [name for name in OfferForm.base_fields if name not in {"price", *PLACE_FIELDS}]
    values = snapshot(offer, [*names, "price_cents"])
    if offer.location:
        values |= snapshot(offer.location, PLACE_FIELDS)
    waiting = open_proposal_of(offer)
    if waiting:
        changes = changes_in(waiting)
        values |= {**changes.offer, **changes.location}
    cents = values.pop("price_cents")
    return {**values, "price": None if cents is None else Decimal(str(cents)).scaleb(-2)}


class DeclineForm(forms.Form):
    """Why a proposal is not taken over."""

    reason = forms.CharField(
        label=_("Why not?"),
        help_text=_("Who proposed it reads this in a mail."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
