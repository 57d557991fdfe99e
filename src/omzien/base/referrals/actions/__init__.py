"""Every write about referrals."""
