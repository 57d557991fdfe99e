"""Advice: from a short conversation to at most five offers, each with its reasons.

`advise` (in `advise.py`) is the way in. Hard filters first, then a score for what was asked, then
a spread over organisations. It knows no names, keeps nothing, and never sees a score of a person.
The words for people are made above, out of the codes in `reasons.py`. See docs/methods/advice.md.
"""
