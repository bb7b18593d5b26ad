"""What each role may do, who may change whom, how long things last. Pure functions."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from alicerce.apps.tenancy.types import RoleKey

IDLE, SHORTEST_IDLE, LONGEST_IDLE = 30, 5, 1440
"""Minutes without a request after which a company's people sign in again."""
SHORTEST_SESSION, LONGEST_SESSION = 15, 30 * 1440
"""Minutes after which a role's people sign in again however busy they are."""
INVITATION_LASTS = timedelta(hours=72)
MOST_LETTERS = 5
"""To one address while an invitation lasts, however often it is withdrawn and made again."""
MOST_LETTERS_A_DAY = 200
MOST_OPEN_INVITATIONS = 50

READS = frozenset(
    {
        "apps:read",
        "audit:read",
        "billing:read",
        "catalog:read",
        "customers:read",
        "disputes:read",
        "dns:read",
        "dunning:read",
        "host_names:read",
        "members:read",
        "migrations:read",
        "events:read",
        "fiscal:read",
        "forecasts:read",
        "orders:read",
        "privacy:read",
        "platform_bill:read",
        "reconciliation:read",
        "servers:read",
        "services:read",
        "support:read",
        "taxes:read",
        "switching:read",
        "webhooks:read",
        "workspace:enter",
    }
)
DEVELOPING = frozenset(
    {
        "apps:read",
        "apps:write",
        "billing:annotate",
        "catalog:read",
        "corrections:request",
        "customers:create",
        "customers:export",
        "customers:update",
        "dns:read",
        "dns:write",
        "keys:read",
        "keys:write",
        "sandbox:operate",
        "migrations:create",
        "orders:annotate",
        "services:annotate",
        "services:create",
        "services:operate",
        "services:read",
        "webhooks:write",
    }
)
EVERYTHING = (
    READS
    | DEVELOPING
    | {
        "apps:install",
        "billing:manage",
        "billing:refund",
        "billing:settle",
        "catalog:write",
        "collecting:charge",
        "collecting:ask",
        "collecting:revoke",
        "company:write",
        "disputes:answer",
        "disputes:manage",
        "dunning:manage",
        "fiscal:manage",
        "host_names:write",
        "forecasts:write",
        "members:write",
        "orders:cancel",
        "orders:reprice",
        "migrations:operate",
        "people:impersonate",
        "platform_bill:buy",
        "privacy:write",
        "reconciliation:manage",
        "roles:write",
        "servers:write",
        "services:remove",
        "subscriptions:write",
        "support:write",
        "taxes:write",
        "usage:write",
        "switching:cut_over",
        "switching:manage",
    }
)
ABROAD = frozenset(
    {
        "audit:read",
        "billing:read",
        "billing:settle",
        "companies:read",
        "companies:write",
        "customers:read",
        "orders:read",
        "people:impersonate",
        "platform:operate",
        "privacy:read",
        "privacy:write",
        "servers:read",
        "servers:write",
        "services:operate",
        "services:read",
        "support:read",
        "support:write",
    }
)
"""What an operator keeps while looking at somebody else's company: never its workspace."""
PLATFORM_ONLY = frozenset({"companies:read", "companies:write", "platform:operate"})
NEVER_OF_A_ROLE = frozenset(
    {"account:own", "client:area", "client:billing", "client:people", "client:services"}
)
"""Comes with being a person or a customer, not with working for the company."""
ADMINISTERS = frozenset({"members:write", "roles:write"})
"""Who holds these can give everybody else what they need; a company always has such a person."""

GRANTS: Mapping[RoleKey, frozenset[str]] = {
    RoleKey.OWNER: EVERYTHING,
    RoleKey.ADMIN: EVERYTHING,
    RoleKey.FINANCE: frozenset(
        {
            "billing:manage",
            "billing:read",
            "billing:refund",
            "billing:settle",
            "catalog:read",
            "collecting:charge",
            "collecting:ask",
            "collecting:revoke",
            "corrections:request",
            "customers:read",
            "disputes:answer",
            "disputes:manage",
            "disputes:read",
            "dunning:manage",
            "dunning:read",
            "fiscal:manage",
            "fiscal:read",
            "forecasts:read",
            "forecasts:write",
            "orders:cancel",
            "orders:read",
            "platform_bill:read",
            "reconciliation:manage",
            "reconciliation:read",
            "subscriptions:write",
            "taxes:read",
            "taxes:write",
            "usage:write",
            "switching:read",
            "workspace:enter",
        }
    ),
    RoleKey.SUPPORT: frozenset(
        {
            "catalog:read",
            "customers:create",
            "customers:read",
            "customers:update",
            "dns:read",
            "orders:cancel",
            "migrations:create",
            "migrations:operate",
            "migrations:read",
            "orders:read",
            "people:impersonate",
            "services:create",
            "services:operate",
            "services:read",
            "support:read",
            "support:write",
            "workspace:enter",
        }
    ),
    RoleKey.SALES: frozenset(
        {
            "catalog:read",
            "customers:create",
            "customers:read",
            "customers:update",
            "orders:cancel",
            "orders:read",
            "services:create",
            "workspace:enter",
        }
    ),
    RoleKey.DEVELOPER: DEVELOPING
    | {
        "billing:read",
        "customers:read",
        "events:read",
        "migrations:read",
        "webhooks:read",
        "workspace:enter",
    },
    RoleKey.READ_ONLY: READS,
    RoleKey.OPERATOR: EVERYTHING | PLATFORM_ONLY,
    RoleKey.OPERATOR_FINANCE: frozenset(
        {
            "audit:read",
            "billing:manage",
            "billing:read",
            "billing:refund",
            "billing:settle",
            "companies:read",
            "customers:read",
            "orders:read",
            "platform:operate",
            "subscriptions:write",
            "usage:write",
            "workspace:enter",
        }
    ),
    RoleKey.OPERATOR_SUPPORT: frozenset(
        {
            "companies:read",
            "customers:read",
            "orders:read",
            "people:impersonate",
            "platform:operate",
            "servers:read",
            "services:operate",
            "services:read",
            "support:read",
            "support:write",
            "workspace:enter",
        }
    ),
}
OPERATORS = frozenset({RoleKey.OPERATOR, RoleKey.OPERATOR_FINANCE, RoleKey.OPERATOR_SUPPORT})
LOCKED = frozenset({RoleKey.OWNER, RoleKey.OPERATOR})
"""Roles that mean the same in every company, and that nobody can take the ground from."""


def shipped_roles(*, is_root: bool) -> list[RoleKey]:
    """The roles a company has before it makes any, the mightiest first."""
    return [key for key in GRANTS if (key in OPERATORS) == is_root]


def permissions_of(role: str, own: Collection[str] | None = None) -> frozenset[str]:
    """What a role may do: what the company says, or else what is shipped; nothing if unknown."""
    if own is not None and role not in LOCKED:
        return frozenset(own) - NEVER_OF_A_ROLE
    return GRANTS.get(RoleKey(role), frozenset()) if role in set(RoleKey) else frozenset()


def grantable(keys: Collection[str], *, is_root: bool) -> frozenset[str]:
    """Of all permissions, those that a role of this company may hold at all."""
    return frozenset(keys) - NEVER_OF_A_ROLE - (frozenset() if is_root else PLATFORM_ONLY)


def may_bestow(mine: Collection[str], *roles: Collection[str]) -> bool:
    """Nobody gives, and nobody takes, what they do not hold themselves."""
    return all(frozenset(role) <= frozenset(mine) for role in roles)


def gives_power(role: Collection[str]) -> bool:
    """Whether who holds the role lets others in, makes roles, or operates every company: only a person gives it."""
    return bool((ADMINISTERS | PLATFORM_ONLY) & frozenset(role))
