"""How a ladder is climbed. Pure functions of dates and records."""
