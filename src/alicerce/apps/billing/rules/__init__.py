"""What money does, as pure functions."""
