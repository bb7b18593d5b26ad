"""What one may do in support."""

READ = "support:read"
WRITE = "support:write"
