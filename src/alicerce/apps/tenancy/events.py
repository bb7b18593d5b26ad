"""Facts of tenancy."""

from typing import ClassVar

from alicerce.kernel.events import Event


class TenantOpened(Event):
    name: ClassVar[str] = "tenant.opened"

    slug: str
