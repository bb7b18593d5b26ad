"""Pages of dns."""
