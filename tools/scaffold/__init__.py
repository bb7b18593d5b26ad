"""Lays out a new app: a small slice that works, to be renamed and grown."""
