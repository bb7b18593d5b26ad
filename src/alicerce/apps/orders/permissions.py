"""What one may be allowed to do with orders."""

READ = "orders:read"
