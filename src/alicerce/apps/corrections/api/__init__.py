"""Corrections by API."""
