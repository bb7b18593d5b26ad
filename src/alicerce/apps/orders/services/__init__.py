"""What orders do. One use case a file."""
