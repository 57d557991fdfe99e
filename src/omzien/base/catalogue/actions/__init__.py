"""Every write to the social map, by noun."""
