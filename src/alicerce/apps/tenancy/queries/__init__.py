"""Reads of tenancy."""
