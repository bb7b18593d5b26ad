"""How the trail is hashed, authenticated and verified. Standard library only: an auditor runs it alone."""
