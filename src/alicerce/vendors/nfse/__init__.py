"""NFS-e of the national system: the DPS that asks for it, and the API that takes it (Sefin Nacional)."""
