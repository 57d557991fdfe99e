"""The tests: a mirror of src, and the journeys in a real browser."""
