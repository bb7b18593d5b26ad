"""What is read of switching."""
