"""What one may be allowed to do with ${app}."""

READ = "${app}:read"
WRITE = "${app}:write"
