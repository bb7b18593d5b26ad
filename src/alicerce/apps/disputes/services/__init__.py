"""What disputes does."""
