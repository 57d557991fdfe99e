"""The phone desk and the work lists: act for a caller, and let no open work lie without an owner.

Nouns: call, call-back, on duty, absence, work list, owned work. Open work belongs to somebody who
is on duty, and the database refuses anything else; an absence moves it in one action. What can be
done for a caller beyond this is added by the lines (settings.DESK_ACTIONS). It records no
conversations, keeps no list of everybody, and tells nothing to a caller without authority.
"""
