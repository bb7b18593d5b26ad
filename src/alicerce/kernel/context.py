"""Who acts, for which tenant, from where, in which chain of events."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from uuid import UUID

from alicerce.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class Context:
    tenant_id: UUID | None = None
    actor: str = "system"
    ip: str | None = None
    trace_id: UUID = field(default_factory=uuid7)
    on_behalf_of: UUID | None = None

    @property
    def signature(self) -> str:
        """Who acts, and the person in whose place: the actor is always who really does it."""
        return f"{self.actor} for user:{self.on_behalf_of}" if self.on_behalf_of else self.actor


_context: ContextVar[Context | None] = ContextVar("alicerce_context", default=None)


class NoTenant(RuntimeError):
    """Tenant data was touched outside of `acting(tenant_id=...)`."""


def current() -> Context:
    return _context.get() or Context()


def current_tenant_id() -> UUID:
    tenant_id = current().tenant_id
    if tenant_id is None:
        raise NoTenant
    return tenant_id


@contextmanager
def acting(
    *,
    tenant_id: UUID | None,
    actor: str | None = None,
    ip: str | None = None,
    trace_id: UUID | None = None,
    on_behalf_of: UUID | None = None,
) -> Iterator[Context]:
    """Act as someone, for some tenant, until the block ends. What is not given stays."""
    before = current()
    token = _context.set(
        replace(
            before,
            tenant_id=tenant_id,
            actor=actor or before.actor,
            ip=ip or before.ip,
            trace_id=trace_id or before.trace_id,
            on_behalf_of=on_behalf_of or before.on_behalf_of,
        )
    )
    try:
        yield current()
    finally:
        _context.reset(token)
