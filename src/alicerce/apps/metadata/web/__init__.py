"""What pages show of metadata."""
