"""What one may do with orders."""

READ = "orders:read"
CREATE_SERVICES = "services:create"
