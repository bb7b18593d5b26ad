"""What one may be allowed to do in the company's workspace, and in the operator's panel."""

OPERATE = "platform:operate"
WORKSPACE = "workspace:enter"
