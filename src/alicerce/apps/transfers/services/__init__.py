"""What transfers do."""
