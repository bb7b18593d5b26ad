"""Facts of customers."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class CustomerCreated(Event):
    name: ClassVar[str] = "customer.created"
    description: ClassVar = _("Um cliente foi cadastrado.")

    customer_id: UUID
