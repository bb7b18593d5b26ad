"""How long a host's book takes to come here, and whether what we would bill is what was billed."""
