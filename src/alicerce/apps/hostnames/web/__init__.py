"""Pages of hostnames."""
