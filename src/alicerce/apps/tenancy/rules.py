"""What each role may do. Pure functions."""

from alicerce.apps.tenancy.types import RoleKey

READS = frozenset(
    {
        "audit:read",
        "billing:read",
        "customers:read",
        "events:read",
        "hosting:read",
        "orders:read",
        "servers:read",
        "support:read",
        "webhooks:read",
        "workspace:enter",
    }
)
DEVELOPING = frozenset(
    {
        "customers:create",
        "customers:update",
        "dns:read",
        "dns:write",
        "keys:read",
        "keys:write",
        "orders:create",
        "services:create",
        "services:operate",
        "services:read",
        "webhooks:write",
    }
)
EVERYTHING = READS | DEVELOPING | {"billing:settle", "hosting:operate", "servers:write"}

GRANTS: dict[RoleKey, frozenset[str]] = {
    RoleKey.OWNER: EVERYTHING,
    RoleKey.ADMIN: EVERYTHING,
    RoleKey.FINANCE: frozenset(
        {"billing:read", "billing:settle", "customers:read", "orders:read", "workspace:enter"}
    ),
    RoleKey.SUPPORT: frozenset(
        {
            "customers:read",
            "hosting:read",
            "hosting:operate",
            "orders:read",
            "support:read",
            "workspace:enter",
        }
    ),
    RoleKey.READ_ONLY: READS,
    RoleKey.OPERATOR: (EVERYTHING - {"workspace:enter"}) | {"platform:operate"},
}


def permissions_of(role: str) -> frozenset[str]:
    """What the role may do; a role nobody knows may do nothing."""
    return GRANTS.get(RoleKey(role), frozenset()) if role in set(RoleKey) else frozenset()
