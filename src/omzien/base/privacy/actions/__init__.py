"""Every write about personal data: keys, erasure, scrubbed dumps, breaking the glass."""
