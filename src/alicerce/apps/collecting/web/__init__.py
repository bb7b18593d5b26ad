"""Pages about kept cards."""
