"""What dunning knows."""
