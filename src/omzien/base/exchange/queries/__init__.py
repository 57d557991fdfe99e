"""Reads for what goes out: records, calendars, tables, descriptions."""
