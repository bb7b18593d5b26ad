"""What marketplace knows."""
