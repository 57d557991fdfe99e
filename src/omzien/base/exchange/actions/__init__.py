"""Every write of what comes in from elsewhere."""
