"""What payers reads."""
