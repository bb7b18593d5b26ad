"""Payment providers, in the words of billing."""
