"""What dunning does. One use case a file."""
