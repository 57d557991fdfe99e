"""The Dutch of the public pages is short and plain: about level B1, and never about one person."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

import omzien.site
from omzien.site.queries import LINES
from omzien.site.queries.handbook import handbook_pages

if TYPE_CHECKING:
    from django.test import Client

ADDRESSES = [
    *(
        reverse(f"site:{name}")
        for name in (
            *("looking_for", "want_to_help", "worried", "plan", "accessibility", "privacy"),
            *("source_code", "handbook", "search"),
        )
    ),
    *(reverse("site:plan_line", args=[line.name]) for line in LINES),
    *(reverse("site:handbook_page", args=[page.slug]) for page in handbook_pages()),
]
# Words of offices; behind each stands what people say.
JARGON = {
    "aangaande": "over",
    "alsmede": "en",
    "beoogt": "wil",
    "betreffende": "over",
    "conform": "volgens",
    "derhalve": "daarom",
    "dient": "moet",
    "dienen": "moeten",
    "doelgroep": "mensen",
    "echter": "maar",
    "faciliteren": "helpen",
    "hetgeen": "wat",
    "implementeren": "invoeren",
    "indien": "als",
    "inzake": "over",
    "middels": "met",
    "monitoren": "volgen",
    "participatie": "meedoen",
    "problematiek": "problemen",
    "tevens": "ook",
    "teneinde": "om",
    "trachten": "proberen",
    "verstrekken": "geven",
    "voorzieningen": "hulp",
    "zorgdragen": "zorgen",
}
BLOCKS = {"p", "li", "h1", "h2", "h3", "td", "th", "dt", "dd", "div", "ul", "ol", "caption"}
UNREAD = {"svg", "script", "style", "nav", "form", "table"}
AVERAGE_WORDS, MOST_WORDS = 15, 28


class Reader(HTMLParser):
    """Collects the running text of <main>, one piece for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = [""]
        self.inside = 0
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.inside += tag == "main"
        self.unread += tag in UNREAD
        if tag in BLOCKS:
            self.pieces.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag == "main"
        self.unread -= tag in UNREAD
        if tag in BLOCKS:
            self.pieces.append("")

    def handle_data(self, data: str) -> None:
        if self.inside and not self.unread:
            self.pieces[-1] += data


def sentences(html: str) -> list[list[str]]:
    reader = Reader()
    reader.feed(html)
    split = (part for piece in reader.pieces for part in re.split(r"(?<=[.!?:;])\s+", piece))
    return [words for part in split if (words := re.findall(r"[\w’'-]+", part))]


def dutch(client: Client, address: str) -> str:
    return client.get(address, HTTP_ACCEPT_LANGUAGE="nl").content.decode()


def test_the_reader_counts_words_by_sentence_and_skips_menus() -> None:
    html = "<nav>Menu</nav><main><h1>Hallo daar</h1><p>Dit is één. En dit twee!</p></main>"
    assert [len(words) for words in sentences(html)] == [2, 3, 3]


@pytest.mark.parametrize("address", ADDRESSES)
def test_sentences_are_short(client: Client, address: str) -> None:
    lengths = [len(words) for words in sentences(dutch(client, address))]
    assert sum(lengths) / len(lengths) <= AVERAGE_WORDS
    assert max(lengths) <= MOST_WORDS


@pytest.mark.parametrize("address", ADDRESSES)
def test_words_of_offices_stay_away(client: Client, address: str) -> None:
    said = {word.casefold() for words in sentences(dutch(client, address)) for word in words}
    assert said & set(JARGON) == set()


@pytest.mark.parametrize("name", ["looking_for", "want_to_help", "worried", "search"])
def test_a_page_for_somebody_does_not_name_what_it_is_about(client: Client, name: str) -> None:
    assert "eenza" not in dutch(client, reverse(f"site:{name}")).casefold()


def test_no_address_names_it_either() -> None:
    for path in Path(omzien.site.__file__).parent.rglob("*.py"):
        addresses = re.findall(r'path\(\s*"([^"]*)"', path.read_text(encoding="utf-8"))
        assert [address for address in addresses if "eenza" in address] == []
