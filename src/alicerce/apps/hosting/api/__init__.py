"""The endpoints about services, and about their end."""
