"""What one may be allowed to do with webhooks and the log of events."""

READ = "webhooks:read"
WRITE = "webhooks:write"
READ_EVENTS = "events:read"
