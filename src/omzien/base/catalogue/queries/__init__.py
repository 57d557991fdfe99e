"""Every read of the social map that another part of Omzien may do, by noun."""
