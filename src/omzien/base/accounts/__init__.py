"""Who works and takes part here: accounts, roles, log-in, and the ladder of assurance.

Nouns: user, role assignment, audience, assurance. It knows nothing of what people do here: a
resident who is visited needs no account and has none by it.
"""
