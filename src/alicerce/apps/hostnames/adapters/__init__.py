"""Who asks DNS."""
