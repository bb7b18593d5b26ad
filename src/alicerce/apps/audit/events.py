"""Facts of the audit trail."""

from typing import ClassVar

from alicerce.kernel.events import Event


class SealDue(Event):
    """A tenant has entries that no seal covers yet."""

    name: ClassVar[str] = "audit.seal_due"
    is_internal: ClassVar[bool] = True
