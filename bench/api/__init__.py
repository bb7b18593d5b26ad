"""What the API costs beside the same statements without it."""
