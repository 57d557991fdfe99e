"""Records by the page, as the standard wants every list."""

from __future__ import annotations

from itertools import islice
from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from omzien.base.exchange.queries.hsds.words import Record

    Show = Callable[[Sequence[int]], Iterable[Record]]

USUAL, MOST = 50, 500
AT_ONCE = 500


def page_of(
    found: QuerySet[Any], show: Show, *, number: int, size: int, notes: Sequence[str] = ()
) -> Record:
    """Return one page of what was found, by the numbers of the rows; behind the last is nothing.

    Only numbers are skipped, not whole rows, so that a page far on costs little more.
    """
    number, total = max(number, 1), found.count()
    begin = (number - 1) * size
    numbers = found.values_list("pk", flat=True)[begin : begin + size] if begin < total else ()
    contents = list(show(list(numbers))) if numbers else []
    return wrapped(contents, total=total, number=number, size=size, notes=notes)


def wrapped(
    contents: list[Record], *, total: int, number: int, size: int, notes: Sequence[str] = ()
) -> Record:
    """Return contents with where they stand in the whole."""
    pages = ceil(total / size)
    page: Record = {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }
    return page | {"notes": list(notes)} if notes else page


def size_of(wanted: int | None, *, usual: int = USUAL, most: int = MOST) -> int:
    """Return how many records stand on a page: what was asked for, within what is sensible."""
    return min(wanted, most) if wanted and wanted > 0 else usual


def all_of(found: QuerySet[Any], show: Show) -> Iterator[Record]:
    """Yield every record, some hundreds at a time."""
    numbers = found.values_list("pk", flat=True).iterator(AT_ONCE)
    while some := list(islice(numbers, AT_ONCE)):
        yield from show(some)
