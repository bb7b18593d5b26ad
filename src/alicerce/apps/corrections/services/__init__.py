"""What changes requests for corrections."""
