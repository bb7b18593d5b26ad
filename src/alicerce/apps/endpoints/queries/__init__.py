"""Reads of endpoints, deliveries and the log of events."""
