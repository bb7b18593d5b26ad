"""What one may be allowed to do with customers, and on behalf of one."""

READ = "customers:read"
CLIENT_AREA = "client:area"
