"""How long a year ahead takes, and what writing its rows alone would."""
