"""Facts of tenancy."""

from typing import ClassVar
from uuid import UUID

from alicerce.kernel.events import Event


class TenantOpened(Event):
    name: ClassVar[str] = "tenant.opened"

    slug: str


class CustomerCreated(Event):
    name: ClassVar[str] = "customer.created"

    customer_id: UUID
