"""Dutch words as people type them: their root, their sound, their parts, their typing errors."""

from __future__ import annotations

from omzien.methods.dutch.compounds import pieces_of, split_compound
from omzien.methods.dutch.roots import root, sound, words_of
from omzien.methods.dutch.typing_errors import distance, is_slip

__all__ = ["distance", "is_slip", "pieces_of", "root", "sound", "split_compound", "words_of"]
