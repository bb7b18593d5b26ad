"""The `alicerce` command: one small module for each of its words."""
