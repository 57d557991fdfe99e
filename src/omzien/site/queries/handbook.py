"""The handbook: Markdown files in Dutch that are shipped with the software."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

PACKAGE = Path(__file__).resolve().parents[2]
# In a source tree and in an installed wheel.
FOLDERS = (PACKAGE.parent.parent / "docs" / "handbook", PACKAGE / "site" / "handbook")
CLASSES = {
    "h2": "nl-heading nl-heading--level-2",
    "h3": "nl-heading nl-heading--level-3",
    "p": "nl-paragraph",
    "a": "nl-link",
    "table": "utrecht-table utrecht-table--html-table",
}


@dataclass(frozen=True)
class Chapter:
    """One page of the handbook."""

    slug: str
    title: str
    summary: str
    body: SafeString


@lru_cache(maxsize=1)
def handbook_pages() -> tuple[Chapter, ...]:
    """Return the chapters in the order of their file names (`20-buurt-in-beeld.md`)."""
    folder = next((folder for folder in FOLDERS if folder.is_dir()), None)
    return tuple(_chapter(path) for path in sorted(folder.glob("*.md"))) if folder else ()


def handbook_page(slug: str) -> Chapter | None:
    return next((page for page in handbook_pages() if page.slug == slug), None)


def _chapter(path: Path) -> Chapter:
    """Read a file: `# title`, a first paragraph that sums up, and the rest."""
    title, summary, body = path.read_text(encoding="utf-8").split("\n\n", 2)
    return Chapter(
        slug=path.stem.split("-", 1)[1],
        title=title.removeprefix("# "),
        summary=" ".join(summary.split()),
        body=_html(body),
    )


def _html(text: str) -> SafeString:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    for token in (part for block in tokens for part in (block, *(block.children or ()))):
        if token.nesting == 1 and token.tag in CLASSES:
            token.attrSet("class", CLASSES[token.tag])
    html: str = markdown.renderer.render(tokens, markdown.options, {})
    return mark_safe(html)  # noqa: S308 - our own files, and raw HTML in them is escaped
