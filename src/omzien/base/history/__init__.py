"""How public records looked before: who changed which field, when, from what into what.

Nouns: revision, difference. It serves records that everybody may see, such as an organisation or
an offer, so that a mistake can be seen and taken back. What is kept about persons has no history
here: of that only the journal says that something changed, never what it was.
"""
