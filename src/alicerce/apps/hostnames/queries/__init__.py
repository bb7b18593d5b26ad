"""What is asked of hostnames."""
