"""Files as they come, read into frozen rows: no database, no clock, no network."""
