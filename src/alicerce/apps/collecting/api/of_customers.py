"""What the endpoints about customers' ways to pay have in common: whose they are, and how they are listed."""

from collections.abc import Callable
from uuid import UUID

from ninja import Field

from alicerce.kernel.rest.answers import Answer, Slice
from alicerce.kernel.rest.listing import ListQuery

TAGS = ["Payment methods"]


class OfCustomerQuery(ListQuery):
    customer_id: UUID | None = Field(None, description="Só deste cliente.")


def listed(rows: Callable[..., Slice], asked: OfCustomerQuery) -> Answer:
    """The newest first; of one customer, where the address names one."""
    return Answer(rows(asked.window(), customer_id=asked.customer_id))
