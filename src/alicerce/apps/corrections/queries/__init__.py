"""What is asked of corrections."""
