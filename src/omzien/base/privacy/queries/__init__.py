"""Reads about personal data: declarations, rights of retention, what is past its term."""
