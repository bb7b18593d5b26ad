"""The endpoints about keys, and about the sandbox where test keys act."""
