"""What DNS says of a name: asked over the wire, and simulated on it."""
