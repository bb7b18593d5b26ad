"""What the audit trail does. One use case a file."""
