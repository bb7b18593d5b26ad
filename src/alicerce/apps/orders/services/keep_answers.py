"""Keep what a buyer answered with what they ordered."""

from collections.abc import Sequence
from uuid import UUID

from alicerce.apps.catalog.types import Answer
from alicerce.apps.orders.models import OrderAnswer
from alicerce.kernel.db import transaction


@transaction(shared=True)
def keep_answers(*, order_id: UUID, answers: Sequence[Answer]) -> None:
    """In the words that were asked. The catalog judged them already."""
    rows = [OrderAnswer.of(order_id, each, place) for place, each in enumerate(answers)]
    OrderAnswer.objects.bulk_create(rows)
