"""One rule per file: a `check` that yields what it found, line by line."""
