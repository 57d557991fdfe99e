"""Reasons, what to ask, and the chain, in sentences a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.dates import WEEKDAYS
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from omzien.base.advice.queries.catalogue import LIKED
from omzien.base.advice.queries.gaps import as_half_day
from omzien.base.advice.queries.needs import BY_SLUG
from omzien.base.catalogue.queries.dates import listed
from omzien.base.catalogue.queries.languages import language_name
from omzien.base.catalogue.queries.terms import terms_of
from omzien.methods.advice.filters import Filter
from omzien.methods.advice.reasons import Ask, Why
from omzien.methods.advice.week import HalfDay, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import _StrPromise

    from omzien.base.advice.queries.asking import Asking
    from omzien.base.advice.queries.gaps import Missed
    from omzien.methods.advice.advise import Suggestion
    from omzien.methods.advice.reasons import Caution, Reason

KILOMETRE, ROUNDED = 1_000, 100
CENTS = 100
PLAIN_REASONS: dict[Why, _StrPromise] = {
    Why.FETCHED: gettext_lazy("You can be fetched."),
    Why.AT_HOME: gettext_lazy("You do not have to go out for it."),
    Why.WORDS: gettext_lazy("It looks like what you wrote."),
    Why.NOT_ALONE: gettext_lazy("Somebody can go with you the first time."),
    Why.STEP_FREE: gettext_lazy("There are no steps."),
    Why.HEARING_LOOP: gettext_lazy("There is a hearing loop."),
    Why.FREE_OF_CHARGE: gettext_lazy("It is free of charge."),
}
PLAIN_QUESTIONS: dict[Ask, _StrPromise] = {
    Ask.PRICE: gettext_lazy("what it costs"),
    Ask.STEPS: gettext_lazy("whether there are steps"),
    Ask.HEARING_LOOP: gettext_lazy("whether there is a hearing loop"),
    Ask.COMPANY: gettext_lazy("whether somebody can go with you the first time"),
    Ask.STILL_TRUE: gettext_lazy("whether it is still the same: we have not heard for a while"),
}
# What brings somebody a layer nearer, said without the layers.
CHAIN: dict[str, _StrPromise] = {
    "ontmoeting": gettext_lazy(
        "First a little stronger, then among people. For meeting people, see also:"
    ),
    "contact": gettext_lazy(
        "Where you meet people, contact can grow. It takes time. "
        "To find somebody to really talk with, see also:"
    ),
    "beleving": gettext_lazy(
        "People around you do not always feel like company. To talk about what you miss, see also:"
    ),
}
GROUPS: dict[str, _StrPromise] = {
    "women": gettext_lazy("It is for women."),
    "men": gettext_lazy("It is for men."),
}
AT_PART: dict[Part, _StrPromise] = {
    Part.MORNING: gettext_lazy("on %(day)s in the morning"),
    Part.AFTERNOON: gettext_lazy("on %(day)s in the afternoon"),
    Part.EVENING: gettext_lazy("on %(day)s in the evening"),
}

BECAUSE: dict[str, _StrPromise] = {
    Filter.LANGUAGE: gettext_lazy("the language"),
    Filter.REACH: gettext_lazy("too far away"),
    Filter.STEPS: gettext_lazy("steps"),
    Filter.BUDGET: gettext_lazy("the price"),
    Filter.HALF_DAYS: gettext_lazy("not on those days"),
    Filter.PLACES: gettext_lazy("full"),
    Filter.AGE: gettext_lazy("the age"),
    Filter.AUDIENCE: gettext_lazy("for others only"),
}


def reason_words(
    suggestion: Suggestion, asking: Asking, *, liked: Mapping[str, str]
) -> tuple[str, ...]:
    """Say why an offer was chosen, in the order of what counted most; each sentence once."""
    said: dict[str, None] = {}
    interests = [
        liked[str(reason.value)]
        for reason in suggestion.reasons
        if reason.why is Why.INTEREST and reason.value in asking.liked & liked.keys()
    ]
    for reason in suggestion.reasons:
        said.update(dict.fromkeys(sentences_of(reason, asking, interests)))
    return tuple(said)


def liked_names() -> dict[str, str]:
    """Return what somebody can like by its short name, as it is called."""
    return {term.slug: term.shown_name for kind in LIKED for term in terms_of(kind)}


def sentences_of(reason: Reason, asking: Asking, interests: list[str]) -> list[str]:
    """Say one reason; a layer is said in the words of the need that was ticked."""
    if reason.why in PLAIN_REASONS:
        return [str(PLAIN_REASONS[reason.why])]
    if reason.why is Why.INTEREST and reason.value in asking.liked:
        return [_("You like %(what)s.") % {"what": listed(interests)}] if interests else []
    if reason.why in {Why.LAYER, Why.INTEREST}:
        needs = (BY_SLUG[slug] for slug in asking.needs)
        return [str(n.reason) for n in needs if reason.value in {*n.layers, *n.interests}]
    if reason.why is Why.OWN_GROUP:
        return own_group_words(str(reason.value))
    return [value_words(reason)]


def value_words(reason: Reason) -> str:
    """Say a reason of which the value is a number, a half-day or a language."""
    if isinstance(reason.value, HalfDay):
        return _("It is %(when)s, and then you can.") % {"when": half_day_words(reason.value)}
    if reason.why is Why.NEAR:
        return near_words(int(str(reason.value)))
    if reason.why is Why.WITHIN_BUDGET:
        return _("It costs %(amount)s a time.") % {"amount": euros(int(str(reason.value)))}
    return _("You can speak %(languages)s.") % {"languages": language_name(str(reason.value))}


def own_group_words(audience: str) -> list[str]:
    """Say for whom alone it is: a group, a neighbourhood, or both."""
    group, _slash, code = audience.rpartition("/")
    words = GROUPS.get(group or audience)
    local = [_("It is for your neighbourhood.")] if code != audience or not words else []
    return [*([str(words)] if words else []), *local]


def near_words(metres: int) -> str:
    """Say how far it is, in round numbers: it is counted from the middle of a neighbourhood."""
    about = max(ROUNDED, round(metres / ROUNDED) * ROUNDED)
    if about < KILOMETRE:
        return _("It is about %(count)s metres from your neighbourhood.") % {"count": about}
    far = number_format(about / KILOMETRE, decimal_pos=1 if about % KILOMETRE else 0)
    return _("It is about %(count)s kilometres from your neighbourhood.") % {"count": far}


def half_day_words(half_day: HalfDay) -> str:
    return str(AT_PART[half_day.part]) % {"day": WEEKDAYS[half_day.weekday].lower()}


def euros(cents: int) -> str:
    return f"€ {number_format(cents / CENTS, decimal_pos=2 if cents % CENTS else 0)}"


def question_words(cautions: Iterable[Caution]) -> str:
    """Say in one sentence what to ask before going; nothing where nothing is to be asked."""
    asked = [caution_words(caution) for caution in cautions]
    return _("Call first and ask: %(what)s.") % {"what": listed(asked)} if asked else ""


def caution_words(caution: Caution) -> str:
    if caution.ask is Ask.LOWEST_AGE:
        return _("whether your age fits (from %(age)s)") % {"age": caution.value}
    if caution.ask is Ask.HIGHEST_AGE:
        return _("whether your age fits (up to %(age)s)") % {"age": caution.value}
    return str(PLAIN_QUESTIONS[caution.ask])


@dataclass(frozen=True, slots=True)
class GapRow:
    """One row of the list of what was missed."""

    what: str
    times: int
    where: str
    when: str
    because: str


def gap_rows(missed: Iterable[Missed]) -> list[GapRow]:
    """Say what was missed in words, with the count behind each place and time."""
    return [
        GapRow(
            what=capfirst(one.what),
            times=one.times,
            where=with_counts(one.where),
            when=with_counts((half_day_words(as_half_day(day)), times) for day, times in one.when),
            because=with_counts((str(BECAUSE[word]), times) for word, times in one.because),
        )
        for one in missed
    ]


def with_counts(counted: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{word} ({times})" for word, times in counted)
