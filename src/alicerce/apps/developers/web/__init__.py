"""Pages of developers."""
