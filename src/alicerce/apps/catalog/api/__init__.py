"""The endpoints about what is for sale."""
