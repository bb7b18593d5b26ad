"""What one may be allowed to do with customers, and on behalf of one."""

READ = "customers:read"
CREATE = "customers:create"
UPDATE = "customers:update"
CLIENT_AREA = "client:area"
