"""Organisations of the town and the networks in which they work together.

Nouns: organisation, network, membership, delegate. An organisation is one record that the
community, the social map, referrals and grants share. A delegate is somebody with an account who
may act for an organisation. It keeps no private contact details: an organisation's own telephone
and address are public; who is behind them stands elsewhere.
"""
