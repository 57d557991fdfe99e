"""Search: how good it is on a judged set, and how fast it is at 100,000 offers."""
