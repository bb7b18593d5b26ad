"""What one may do in hosting."""

READ = "hosting:read"
OPERATE = "hosting:operate"
READ_SERVERS = "servers:read"
WRITE_SERVERS = "servers:write"
