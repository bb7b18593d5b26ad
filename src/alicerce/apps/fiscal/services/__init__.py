"""What changes tax documents."""
