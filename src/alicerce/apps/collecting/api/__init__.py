"""Kept cards and authorisations as programs ask for and read them."""
