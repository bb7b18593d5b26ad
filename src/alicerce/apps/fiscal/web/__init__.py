"""Pages of fiscal."""
