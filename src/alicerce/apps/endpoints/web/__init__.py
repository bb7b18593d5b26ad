"""Pages of webhooks and of the log of events."""
