"""Mail, letters and leaflets: written from templates, in large print, with one thing to do.

Nouns: mail, opt-out, token, letter, leaflet. Mail is queued in the transaction of the change that
asks for it and sent by a job. Links in it open a page with a button; they never change anything.
It does not decide who gets what: that stands in the app that sends.
"""
