"""The documentation of the API, for whoever writes a program against it."""
