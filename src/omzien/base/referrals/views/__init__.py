"""The pages of referrals: for the coordinator, the receiver, and who made them."""
