"""The shell: the pages that everybody sees first, and the frame around all other pages.

Here live the home page, the menu, search, the page about the plan with its lines, the handbook,
the statements on accessibility and privacy, the error pages, and *Buurt in beeld*: the
neighbourhoods on a map with their published figures. The app may look at all lines, and mixes
what they offer.

It has no tables, keeps nothing about a reader, and computes no figure: it draws what
`base.places` has published.
"""
