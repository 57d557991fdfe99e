"""Reads for the desk and the work lists, by noun."""
