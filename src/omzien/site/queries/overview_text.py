"""The overview as a text of LibreOffice (ODT), to take over in another document."""

from __future__ import annotations

import io
from datetime import UTC
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from odfdo import Document, Element, Header, Paragraph, Style

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.site.queries.overview import Overview, Row, Section

# Of A4 on its side, with margins of two centimetres.
WIDTHS = ("6.6cm", "5cm", "4.7cm", "3.1cm", "3.7cm", "2.6cm")
SIDEWAYS = {
    "fo:page-width": "29.7cm",
    "fo:page-height": "21cm",
    "style:print-orientation": "landscape",
}
HEAD, CELL, BOLD = "omzien-head", "omzien-cell", "omzien-bold"


def text_document(overview: Overview, *, language: str, now: datetime) -> bytes:
    """Return the overview with headings and with tables whose first row is a heading."""
    document = Document("text")
    document.body.clear()
    document.meta.title = overview.title
    document.meta.creation_date = now.astimezone(UTC).replace(tzinfo=None)
    document.language = language
    set_styles(document)
    document.body.append(Header(1, overview.title, style="Heading_20_1"))
    for line in overview.lines:
        document.body.append(Paragraph(line, style="Text_20_body"))
    for number, section in enumerate(overview.sections, start=1):
        document.body.append(Header(2, section.title, style="Heading_20_2"))
        document.body.append(table(section, overview.columns, number))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def set_styles(document: Document) -> None:
    page = document.get_style("page-layout", "Mpm1")
    properties = page.get_element("style:page-layout-properties") if page else None
    for name, value in SIDEWAYS.items():
        if properties is not None:
            properties.set_attribute(name, value)
    edge = "0.5pt solid #1d2433"
    for name in (HEAD, CELL):
        cell = Style("table-cell", name=name, border_bottom=edge, padding="0.1cm")
        document.insert_style(cell, automatic=True)
    document.insert_style(Style("paragraph", name=BOLD, area="text", bold=True), automatic=True)
    for number, width in enumerate(WIDTHS):
        column = Style("table-column", name=f"omzien-column-{number}", width=width)
        document.insert_style(column, automatic=True)


def table(section: Section, columns: tuple[str, ...], number: int) -> Element:
    """Return a table; written as text, since cell by cell takes a second for five hundred rows."""
    widths = "".join(
        f'<table:table-column table:style-name="omzien-column-{place}"/>'
        for place in range(len(columns))
    )
    head = "".join(cell(paragraph(title, BOLD), HEAD) for title in columns)
    rows = "".join(row_of(one) for one in section.rows)
    return Element.from_tag(
        f'<table:table table:name="overview-{number}">{widths}<table:table-header-rows>'
        f"<table:table-row>{head}</table:table-row></table:table-header-rows>{rows}</table:table>"
    )


def row_of(one: Row) -> str:
    first = paragraph(one.name, BOLD) + paragraph(one.summary)
    others = (one.when, one.where, one.price, one.who, one.checked)
    cells = "".join(cell(paragraph(words)) for words in others)
    return f"<table:table-row>{cell(first)}{cells}</table:table-row>"


def cell(content: str, style: str = CELL) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:style-name="{style}">{content}'
        "</table:table-cell>"
    )


def paragraph(words: str, style: str = "Text_20_body") -> str:
    return f'<text:p text:style-name="{style}">{escape(words)}</text:p>'
