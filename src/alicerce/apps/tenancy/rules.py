"""What each role may do. Pure functions."""

from alicerce.apps.tenancy.types import RoleKey

READS = frozenset(
    {
        "audit:read",
        "billing:read",
        "customers:read",
        "hosting:read",
        "orders:read",
        "privacy:read",
        "servers:read",
        "support:read",
    }
)
EVERYTHING = READS | {"billing:settle", "hosting:operate", "privacy:write", "servers:write"}

GRANTS: dict[RoleKey, frozenset[str]] = {
    RoleKey.OWNER: EVERYTHING,
    RoleKey.ADMIN: EVERYTHING,
    RoleKey.FINANCE: frozenset(
        {"billing:read", "billing:settle", "customers:read", "orders:read"}
    ),
    RoleKey.SUPPORT: frozenset(
        {"customers:read", "hosting:read", "hosting:operate", "orders:read", "support:read"}
    ),
    RoleKey.READ_ONLY: READS,
    RoleKey.OPERATOR: EVERYTHING | {"platform:operate"},
}


def permissions_of(role: str) -> frozenset[str]:
    """What the role may do; a role nobody knows may do nothing."""
    return GRANTS.get(RoleKey(role), frozenset()) if role in set(RoleKey) else frozenset()
