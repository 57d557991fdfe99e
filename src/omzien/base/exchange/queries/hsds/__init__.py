"""The social map as records of the Human Services Data Specification 3.0 (HSDS)."""
