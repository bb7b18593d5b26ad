"""What one may do in hosting."""

READ = "hosting:read"
OPERATE = "hosting:operate"
READ_SERVERS = "servers:read"
WRITE_SERVERS = "servers:write"
READ_SERVICES = "services:read"
OPERATE_SERVICES = "services:operate"
WRITE_DOMAINS = "dns:write"
