"""Rules of switching: plain Python."""
