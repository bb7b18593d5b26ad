"""How a book goes on by itself. Pure functions of copies."""
