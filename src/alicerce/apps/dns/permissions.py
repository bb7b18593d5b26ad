"""What one may do in dns."""

READ = "dns:read"
WRITE = "dns:write"
