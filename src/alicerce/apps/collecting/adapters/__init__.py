"""Providers that keep cards."""
