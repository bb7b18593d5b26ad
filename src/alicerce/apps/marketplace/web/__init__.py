"""Pages and endpoints of marketplace."""
