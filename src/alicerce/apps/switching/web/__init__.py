"""Pages of switching."""
