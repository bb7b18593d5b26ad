"""What one may be allowed to do with the trail."""

READ = "audit:read"
