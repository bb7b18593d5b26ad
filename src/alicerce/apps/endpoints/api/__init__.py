"""The endpoints of the API about webhooks and events."""
