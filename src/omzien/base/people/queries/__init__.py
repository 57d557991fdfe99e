"""Reads of people, by noun."""
