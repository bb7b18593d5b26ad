"""The public API: one door, and the endpoints that the apps offer behind it."""
