"""Alicerce: one platform for a Brazilian hosting company."""
