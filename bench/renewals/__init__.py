"""How many renewals a billing run writes a second, and whether the next one costs the same."""
