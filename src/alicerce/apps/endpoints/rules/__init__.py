"""How events are offered, signed and tried again. Pure functions."""
