"""What payers does."""
