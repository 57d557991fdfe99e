"""Every read of keepers, checks and what came of them that another part of Omzien may do."""
