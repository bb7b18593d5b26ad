"""What disputes knows."""
