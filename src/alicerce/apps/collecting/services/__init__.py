"""What collecting does. One use case a file."""
