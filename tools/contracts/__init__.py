"""Import contracts of our own, for what import-linter cannot say by itself."""
