"""The append-only record of who did what to which record, when, and why (as a code).

Nouns: entry, actor. It holds keys and codes, never names or free text, and nothing in it can be
changed: the application's log-in to the database may only add and read.
"""
