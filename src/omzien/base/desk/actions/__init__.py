"""Writes of the desk, by noun."""
