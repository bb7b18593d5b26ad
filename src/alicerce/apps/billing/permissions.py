"""What one may be allowed to do with invoices and payments."""

READ = "billing:read"
SETTLE = "billing:settle"
