"""Names that lead to a company."""

from dataclasses import dataclass
from uuid import UUID

from alicerce.kernel.ids import rehearses


@dataclass(frozen=True, slots=True)
class HostView:
    """A name that leads to a tenant; its own, where the tenant proved that it is."""

    domain: str
    tenant_id: UUID
    base_url: str
    is_primary: bool
    is_own: bool = False

    @property
    def is_sandbox(self) -> bool:
        return rehearses(self.tenant_id)

    @property
    def stands_alone(self) -> bool:
        """What is opened here opens nothing elsewhere, and operators are nobody here."""
        return self.is_own or self.is_sandbox
