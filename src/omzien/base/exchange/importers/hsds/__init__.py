"""The Human Services Data Specification 3.0 (HSDS): the standard of social maps."""
