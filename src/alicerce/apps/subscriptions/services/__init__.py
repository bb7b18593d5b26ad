"""What subscriptions do. One use case a file."""
