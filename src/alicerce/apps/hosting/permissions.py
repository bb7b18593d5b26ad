"""What one may do with services and the servers they live on."""

READ = "services:read"
OPERATE = "services:operate"
READ_SERVERS = "servers:read"
WRITE_SERVERS = "servers:write"
