"""What customers does."""
