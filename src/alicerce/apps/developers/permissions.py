"""What one may do with keys of the API."""

READ = "keys:read"
WRITE = "keys:write"
