"""Why an offer was chosen and what to ask first, in sentences without layers."""

from __future__ import annotations

import pytest
from django.utils import translation

from omzien.base.advice.models import Gap
from omzien.base.advice.queries.gaps import FEWEST, gap_list
from omzien.base.advice.queries.words import (
    BECAUSE,
    CHAIN,
    GapRow,
    gap_rows,
    half_day_words,
    near_words,
    own_group_words,
    question_words,
    reason_words,
)
from omzien.base.catalogue.models import Taxonomy, Term
from omzien.base.places.models import Area
from omzien.methods.advice.advise import Suggestion
from omzien.methods.advice.filters import Filter
from omzien.methods.advice.reasons import Ask, Caution, Reason, Value, Why
from omzien.methods.advice.week import HalfDay, Part
from tests.base.advice.conftest import TODAY, asked

LIKED = {"muziek": "muziek maken", "zingen": "zingen"}


def said(*reasons: Reason, **answers: object) -> tuple[str, ...]:
    one = Suggestion("x", 0.5, suits=True, reasons=reasons, cautions=())
    with translation.override("nl"):
        return reason_words(one, asked(**answers), liked=LIKED)


@pytest.mark.usefixtures("town")
def test_a_layer_is_said_in_the_words_of_what_was_ticked() -> None:
    assert said(Reason(Why.LAYER, "ontmoeting"), needs=["meet"]) == ("Je ontmoet er mensen.",)
    assert said(Reason(Why.LAYER, "ontmoeting"), needs=["loss"]) == ()


@pytest.mark.usefixtures("town")
def test_interests_are_one_sentence() -> None:
    both = (Reason(Why.INTEREST, "muziek"), Reason(Why.INTEREST, "zingen"))
    assert said(*both, interests=["muziek", "zingen"]) == ("Je houdt van muziek maken en zingen.",)
    assert said(Reason(Why.INTEREST, "gone")) == ()


@pytest.mark.usefixtures("town")
def test_what_goes_with_a_need_is_said_as_that_need() -> None:
    money = Reason(Why.INTEREST, "geld")
    assert said(money, needs=["practical"]) == ("Je krijgt hulp bij praktische dingen.",)


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("why", list(Why))
def test_every_reason_has_a_sentence(why: Why) -> None:
    values: dict[Why, Value] = {
        Why.LAYER: "ontmoeting",
        Why.INTEREST: "muziek",
        Why.NEAR: 430,
        Why.FREE_TIME: HalfDay(0, Part.MORNING),
        Why.LANGUAGE: "tr",
        Why.OWN_GROUP: "women",
        Why.WITHIN_BUDGET: 250,
    }
    (sentence,) = said(Reason(why, values.get(why)), needs=["meet"], interests=["muziek"])
    assert sentence.endswith(".")
    assert "None" not in sentence


@pytest.mark.parametrize("ask", list(Ask))
def test_every_caution_is_something_to_ask(ask: Ask) -> None:
    sentence = question_words([Caution(ask, 65)])
    assert sentence
    assert "None" not in sentence


def test_without_cautions_nothing_is_asked() -> None:
    assert question_words([]) == ""


def test_no_sentence_of_the_chain_names_a_layer() -> None:
    with translation.override("nl"):
        whole = " ".join(map(str, CHAIN.values())).lower()
    assert "laag" not in whole
    assert "eenza" not in whole


def test_distances_are_round() -> None:
    with translation.override("nl"):
        assert near_words(20) == "Het is ongeveer 100 meter van je buurt."
        assert near_words(430) == "Het is ongeveer 400 meter van je buurt."
        assert near_words(980) == "Het is ongeveer 1 kilometer van je buurt."
        assert near_words(1_540) == "Het is ongeveer 1,5 kilometer van je buurt."


def test_a_half_day_is_one_word_in_dutch() -> None:
    with translation.override("nl"):
        assert half_day_words(HalfDay(3, Part.EVENING)) == "op donderdagavond"


def test_a_group_and_a_neighbourhood_are_two_sentences() -> None:
    with translation.override("nl"):
        assert own_group_words("women") == ["Het is voor vrouwen."]
        assert own_group_words("BU06370100") == ["Het is voor jouw buurt."]
        assert own_group_words("men/BU1") == ["Het is voor mannen.", "Het is voor jouw buurt."]


def test_every_filter_can_be_said() -> None:
    assert set(BECAUSE) == set(Filter)


def missed(times: int, *, area: Area | None = None, interest: str = "schaken") -> None:
    for _time in range(times):
        Gap.objects.create(
            month=TODAY.replace(day=1),
            area=area,
            interests=[interest],
            half_days=["3-2"],
            because="reach",
            nothing=True,
        )


@pytest.mark.usefixtures("town")
def test_what_was_missed_most_stands_first() -> None:
    missed(1, interest="dansen")
    missed(FEWEST)
    with translation.override("nl"):
        rows = gap_rows(gap_list(since=TODAY).missed)
    assert [(row.what, row.times) for row in rows] == [("Schaken en dammen", 3), ("Dansen", 1)]


@pytest.mark.usefixtures("town")
def test_where_and_when_so_few_asked_that_it_may_be_somebody_are_not_said() -> None:
    dorp = Area.objects.filter(name="Dorp").latest("division_year")
    missed(FEWEST - 1, area=dorp)
    (row,) = gap_rows(gap_list(since=TODAY).missed)
    assert (row.times, row.where, row.when, row.because) == (2, "", "", "")
    missed(1, area=dorp)
    with translation.override("nl"):
        (row,) = gap_rows(gap_list(since=TODAY).missed)
    assert row == GapRow(
        "Schaken en dammen", 3, "Dorp (3)", "op donderdagavond (3)", "te ver weg (3)"
    )


@pytest.mark.usefixtures("town")
def test_a_layer_is_a_gap_for_colleagues_under_its_name() -> None:
    Gap.objects.create(month=TODAY.replace(day=1), layers=["contact"], nothing=False)
    found = gap_list(since=TODAY)
    assert (found.total, found.nothing) == (1, 0)
    assert found.missed[0].what == Term.objects.get(taxonomy=Taxonomy.LAYER, slug="contact").name


@pytest.mark.usefixtures("town")
def test_months_before_are_left_out() -> None:
    missed(1)
    assert gap_list(since=TODAY.replace(month=12)).missed == ()
