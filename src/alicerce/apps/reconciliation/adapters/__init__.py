"""How providers' statements are read."""
