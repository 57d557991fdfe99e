"""Slow proofs that `make audit` runs: rules broken on purpose, and faults by the dozen."""
