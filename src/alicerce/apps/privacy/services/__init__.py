"""What privacy does. One use case a file."""
