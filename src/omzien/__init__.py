"""Omzien: a local action programme against loneliness, run and measured as one loop."""
