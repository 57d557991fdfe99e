"""Reads for the shell: the lines of the programme, the menu, the handbook, the neighbourhoods."""

from __future__ import annotations

from omzien.site.queries.lines import LINES, Line, in_use, lines_in_use

__all__ = ["LINES", "Line", "in_use", "lines_in_use"]
