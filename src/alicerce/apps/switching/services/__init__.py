"""Use cases of switching."""
