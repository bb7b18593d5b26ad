"""What billing does: one use case per file."""
