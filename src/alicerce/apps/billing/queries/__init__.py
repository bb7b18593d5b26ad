"""What billing knows."""
