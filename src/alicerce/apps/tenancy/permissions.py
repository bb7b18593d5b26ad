"""What one may be allowed to do with customers, and in the operator's panel."""

CUSTOMERS_READ = "customers:read"
OPERATE = "platform:operate"
CLIENT_AREA = "client:area"
