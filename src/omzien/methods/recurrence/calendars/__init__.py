"""Calendars (iCalendar, RFC 5545): plans out to any program, and in from any program."""
