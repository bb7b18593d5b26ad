"""The stack in a box: an embedded PostgreSQL, its roles and secrets, and the supervisor."""
