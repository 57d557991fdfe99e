"""Every read of referrals that another part of Omzien may do."""
