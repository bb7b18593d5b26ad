"""What one may be allowed to do with customers, in the company's workspace, and in the operator's panel."""

CUSTOMERS_READ = "customers:read"
OPERATE = "platform:operate"
WORKSPACE = "workspace:enter"
CLIENT_AREA = "client:area"
