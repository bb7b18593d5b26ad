"""What the trail says of a correction."""

from datetime import datetime
from typing import Any

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.corrections.models import Correction


def write_down(*, what: str, row: Correction, at: datetime, reason: str = "") -> None:
    """With who asked for it, whoever acts now. A reason goes with the customer it is about."""
    told: dict[str, Any] = {
        "kind": str(row.kind),
        "amount_cents": row.amount_cents,
        "currency": row.currency,
        "invoice_id": row.invoice_id,
        "payment_id": row.payment_id,
        "requested_by": row.requested_by,
    }
    if reason and row.customer_id:
        told["reason"] = Personal(reason, of=f"customer:{row.customer_id}")
    audit.record(
        action=f"correction.{what}", entity="correction", entity_id=row.id, after=told, at=at
    )
