"""What the catalog does. One use case a file."""
