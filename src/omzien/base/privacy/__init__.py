"""Personal data: declared where it lives, encrypted by controller, erased at the end of its term.

Nouns: declaration, controller, key ring, erasure, break-glass. It does not decide who may see
what: that stands in each app's permissions.
"""
