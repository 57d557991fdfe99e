"""Writes about people, by noun."""
