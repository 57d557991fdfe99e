"""Every write about keepers, checks and what came of them, by noun."""
