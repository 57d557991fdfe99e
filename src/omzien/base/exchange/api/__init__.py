"""Interfaces for programs, each by one standard alone."""
