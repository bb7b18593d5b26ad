"""What hostnames does. One use case a file."""
