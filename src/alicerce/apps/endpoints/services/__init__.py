"""What endpoints do."""
