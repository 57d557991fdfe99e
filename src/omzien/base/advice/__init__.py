"""What would suit somebody: advice out of the social map, and what is missing in town.

Nouns: asking (the answers of a short conversation, gone with the page), set of weights (how much
each part counts, in versions), showing (how often advice showed an offer in a week), gap (what was
looked for and not found, in a month). The engine is `omzien.methods.advice`. It keeps no answers
and nobody's name, and it never scores a person.
"""
