"""Reads of advice: the catalogue it chooses from, its weights, its words, and the gaps."""
