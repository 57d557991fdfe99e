"""Make a sample letter or leaflet, to look at and to try in an envelope."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from omzien.base.letters.queries import render_pdf

if TYPE_CHECKING:
    from argparse import ArgumentParser

# Invented, as are all names here.
LETTER: dict[str, object] = {
    "name": "Mevrouw J. de Vries",
    "address": ["Kerkenbos 12", "2716 PD  ZOETERMEER"],
    "date": "maandag 12 oktober 2026",
    "reference": "K7M4",
    "subject": "Mogen wij bij u langskomen?",
    "salutation": "Beste mevrouw De Vries,",
    "paragraphs": [
        "Hoe gaat het met u? Dat horen wij graag. Daarom komt Fatima Yıldız graag een keer langs.",
        "Fatima is vrijwilliger. Zij heeft een pas met haar foto. U vertelt wat u zelf wilt.",
        "U hoeft niets te kopen en niets te tekenen.",
    ],
    "action": {
        "title": "Bel ons als u het leuk vindt",
        "text": "Noem de code K7M4. Dan kiezen wij samen een dag die u goed uitkomt.",
    },
    "signatory": {"name": "Jan van Dijk", "role": "coördinator"},
}
LEAFLET: dict[str, object] = {
    "title": "Samen op pad in Zoetermeer",
    "lead": "Wandelen, koffie drinken of een kaartje leggen. Er is altijd iets bij u in de buurt.",
    "parts": [
        {
            "title": "Wat kunt u doen?",
            "points": [
                "Een rondje lopen met een groep, in uw eigen tempo",
                "Koffie drinken in het buurthuis",
                "Samen eten op donderdag",
            ],
        },
        {
            "title": "Niet alleen de eerste keer",
            "paragraphs": ["Iemand haalt u op en blijft erbij. U ziet daarna wel verder."],
        },
        {
            "title": "Wat kost het?",
            "paragraphs": ["Lopen is gratis. Voor koffie of eten betaalt u een klein bedrag."],
        },
        {
            "title": "Zelf iets doen?",
            "paragraphs": ["Kunt u goed luisteren of koken? Dat komt ons goed van pas."],
        },
    ],
    "action": {"title": "Bel ons", "text": "Wij denken met u mee over wat bij u past."},
}
SAMPLES: dict[str, dict[str, object]] = {
    "letter": {"title": "Mogen wij bij u langskomen?", "letters": [LETTER]},
    "leaflet": LEAFLET,
}


class Command(BaseCommand):
    help = "Writes a sample as PDF: letter_sample out.pdf [--leaflet]."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--leaflet", action="store_true", help="a leaflet, not a letter")

    def handle(self, *, file: Path, leaflet: bool, **_options: object) -> None:
        template = "leaflet" if leaflet else "letter"
        file.write_bytes(render_pdf(template, SAMPLES[template]))
        self.stdout.write(f"{file}: print it at 100 % and try it in your envelope.")
