"""Settings, addresses and processes: the storey that knows every other."""
