"""Facts of customers."""

from typing import ClassVar
from uuid import UUID

from alicerce.kernel.events import Event


class CustomerCreated(Event):
    name: ClassVar[str] = "customer.created"

    customer_id: UUID
