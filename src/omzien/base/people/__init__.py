"""The two kinds of people that several lines share: participants and helpers.

Nouns: participant, identity, consent, representation, helper, leave. A participant is a key and a
neighbourhood; who it is stands in the identity, encrypted, and deleting that is erasing the person
while counts remain. There is no table that knows everything about a person: each line adds only
its own. It keeps no BSN, no certificate of conduct (only the date it was seen), no list of
everybody, and no way to search by a part of a name.
"""
