"""What one may be allowed to do with privacy."""

READ = "privacy:read"
WRITE = "privacy:write"
