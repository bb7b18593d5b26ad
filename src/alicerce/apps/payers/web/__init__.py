"""Pages about what companies pay the platform."""
