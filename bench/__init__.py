"""Measures the program against its baselines on a throwaway stack; keeps nothing."""
