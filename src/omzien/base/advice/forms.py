"""What is asked before advice, and what an editor types about weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from omzien.base.advice.actions.weights import NothingCounts
from omzien.base.advice.models import WeightSet
from omzien.base.advice.queries.needs import BEHIND_NEEDS, NEEDS
from omzien.base.advice.queries.weights import PARTS
from omzien.base.catalogue.models import OpenTo, Taxonomy
from omzien.base.catalogue.queries.languages import language_name, languages_in_use
from omzien.base.catalogue.queries.terms import terms_of
from omzien.base.people.fields import refuse_bsn
from omzien.base.places.models import AreaKind
from omzien.base.places.queries import areas_of
from omzien.methods.advice.person import OLDEST

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# What a person reads when an action says no.
SENTENCES: dict[type[Exception], _StrPromise] = {
    NothingCounts: _("At least one of the first four must count."),
}
REFUSALS = tuple(SENTENCES)
# The parts of the conversation; every question may be skipped.
STEPS = (
    ("needs", "interests", "wishes"),
    ("area", "reach", "ease"),
    ("days", "parts", "budget", "languages", "age", "group"),
)
DUTCH = "nl"
COUNTING = ("need", "interests", "nearness", "text")


class AdviceForm(forms.Form):
    """A short conversation: wishes first, then how one gets there, then when and for how much."""

    needs = forms.MultipleChoiceField(
        label=_("What would you like more of?"),
        choices=[(each.slug, each.title) for each in NEEDS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    interests = forms.MultipleChoiceField(
        label=_("What do you like?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    wishes = forms.CharField(
        label=_("Or say it in your own words"),
        help_text=_("For example: play cards again, somebody to walk the dog with."),
        max_length=200,
        required=False,
        validators=[refuse_bsn],
    )
    area = forms.ChoiceField(label=_("In which neighbourhood do you live?"), required=False)
    reach = forms.ChoiceField(
        label=_("How far can you go?"),
        choices=[
            ("stroll", _("ten minutes on foot")),
            ("walk", _("half an hour on foot")),
            ("cycle", _("by bicycle")),
            ("transport", _("by car, bus or taxi")),
            ("fetched", _("only when I am fetched, or at home")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    ease = forms.MultipleChoiceField(
        label=_("Does any of this matter to you?"),
        choices=[
            ("no-steps", _("I cannot climb steps well")),
            ("wheelchair", _("I come in a wheelchair or scooter")),
            ("hearing", _("I need a hearing loop")),
            ("company", _("I would like somebody to go with me the first time")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.MultipleChoiceField(
        label=_("On which days can you?"),
        choices=[(str(number), name) for number, name in WEEKDAYS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    parts = forms.MultipleChoiceField(
        label=_("At which time of the day?"),
        choices=[
            ("morning", _("in the morning")),
            ("afternoon", _("in the afternoon")),
            ("evening", _("in the evening")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    budget = forms.ChoiceField(
        label=_("What may it cost each time?"),
        choices=[
            ("", _("That does not matter")),
            ("0", _("Nothing")),
            ("300", _("At most € 3")),
            ("750", _("At most € 7.50")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    languages = forms.MultipleChoiceField(
        label=_("In which languages do you like to talk?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    age = forms.IntegerField(
        label=_("How old are you?"),
        help_text=_("Some groups are for certain ages only."),
        min_value=0,
        max_value=OLDEST,
        required=False,
    )
    group = forms.ChoiceField(
        label=_("Some groups are for women or for men only. Are you …"),
        choices=[
            ("", _("I would rather not say")),
            (OpenTo.WOMEN.value, _("a woman")),
            (OpenTo.MEN.value, _("a man")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **options)
        self.offer_choices(
            interests=things_to_like(),
            area=[("", _("I would rather not say")), *neighbourhoods()],
            languages=[(code, language_name(code)) for code in languages_to_choose()],
        )

    def offer_choices(self, **choices: list[tuple[str, Any]]) -> None:
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - these three are
            field.choices = offered

    @property
    def first_wrong_step(self) -> int | None:
        """Return the first step with something that cannot be right."""
        wrong = (number for number, names in enumerate(STEPS) if set(names) & set(self.errors))
        return next(wrong, None)


def things_to_like() -> list[tuple[str, str]]:
    terms = terms_of(Taxonomy.INTEREST).exclude(slug__in=BEHIND_NEEDS)
    return [(term.slug, term.shown_name) for term in terms]


def neighbourhoods() -> list[tuple[str, str]]:
    areas = areas_of(settings.MUNICIPALITY_CODE, AreaKind.NEIGHBOURHOOD)
    return sorted(((str(area.pk), area.name) for area in areas), key=lambda choice: choice[1])


def languages_to_choose() -> list[str]:
    """Return Dutch first, then the other languages in which something is held."""
    return [DUTCH, *sorted(set(languages_in_use()) - {DUTCH}, key=language_name)]


class WeightsForm(forms.Form):
    """Other weights, and why."""

    why = forms.CharField(label=_("Why these?"), max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **options)
        for part in PARTS:
            self.fields[part] = weight_field(part)
        self.order_fields([*PARTS, "why"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if all(cleaned.get(part) == 0 for part in COUNTING):
            raise ValidationError(str(SENTENCES[NothingCounts]))
        return cleaned


def weight_field(part: str) -> forms.FloatField:
    labels = {each.name: each.verbose_name for each in WeightSet._meta.fields}
    return forms.FloatField(
        label=capfirst(labels[part]),
        min_value=0,
        max_value=1,
        widget=forms.NumberInput(attrs={"step": "0.05"}),
    )
