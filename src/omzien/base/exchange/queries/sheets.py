"""Reads of spreadsheets on their way in, and what taking one in would do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from omzien.base.catalogue.models import Taxonomy
from omzien.base.catalogue.queries.terms import terms_of
from omzien.base.exchange.importers.offers_sheet import Sheet, read_offers
from omzien.base.exchange.importers.tables import Table, TableRow
from omzien.base.exchange.models import SheetDraft

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from omzien.base.accounts.models import User
    from omzien.base.catalogue.importers.rows import Batch


def draft_of(user: User, key: UUID) -> SheetDraft | None:
    """Return a spreadsheet that this user handed in; nobody else's."""
    return SheetDraft.objects.filter(key=key, by=user.key).first()


def table_as_text(table: Table) -> str:
    rows = [[row.number, row.cells, row.oddities] for row in table.rows]
    return json.dumps({"columns": table.columns, "rows": rows})


def table_of(draft: SheetDraft) -> Table:
    """Return the table as it was read."""
    kept = json.loads(draft.table)
    return Table(
        columns=tuple(kept["columns"]),
        rows=tuple(
            TableRow(number, tuple(cells), tuple(oddities))
            for number, cells, oddities in kept["rows"]
        ),
    )


def batch_of(draft: SheetDraft, *, today: date) -> Batch:
    """Return what the table says, by the meanings that were chosen."""
    themes = {term.name.casefold(): term.slug for term in terms_of(Taxonomy.THEME)}
    sheet = Sheet(meanings=draft.meanings, source_name=draft.source_name)
    return read_offers(table_of(draft), sheet, themes=themes, today=today)
