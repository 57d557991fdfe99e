"""From a person to an offer or organisation: made by one line, taken up by another, followed up.

Nouns: referral, step, receiver. A referral always has a colleague who owns it and a day on which
something must happen, until it ends with the person's own answer. The receiver sees who it is
only after saying yes, only what the person agreed to, and only as long as that consent stands.

It keeps no reason why somebody needs something: only what they wish, in their words, sealed.
"""
