"""The double-entry ledger: accounts, movements and what they add up to."""
