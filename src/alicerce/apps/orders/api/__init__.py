"""Orders as programs ask for and read them."""
