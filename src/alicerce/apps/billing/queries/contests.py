"""Claims on payments, and what of them is in the books."""

from uuid import UUID

from alicerce.apps.billing.models import Contest
from alicerce.apps.ledger import public as ledger


def is_moved(payment_id: UUID, reference: str) -> bool:
    """Whether a movement of that name, for any claim on this payment, is posted."""
    claims = Contest.objects.filter(payment_id=payment_id).values_list("id", flat=True)
    keys = [f"contest:{claim}:moved:{reference}" for claim in claims]
    return ledger.is_posted(*keys)
