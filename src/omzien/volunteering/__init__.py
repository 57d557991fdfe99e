"""Synergy: volunteers, requests for help, and the matches between them."""
