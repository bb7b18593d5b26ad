"""Who carries letters."""
