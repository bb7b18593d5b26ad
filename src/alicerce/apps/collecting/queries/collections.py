"""How invoices are collected by card."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.collecting.models import Attempt, Collection
from alicerce.apps.collecting.types import AttemptStatus, AttemptView, CollectionView

FEW = 20


def collection_of(invoice_id: UUID) -> CollectionView | None:
    """None while no card was ever meant to pay it."""
    row = Collection.objects.filter(invoice_id=invoice_id).first()
    return _views([row])[0] if row else None


def collections_of(customer_id: UUID) -> list[CollectionView]:
    """The latest of a customer, newest first."""
    rows = Collection.objects.filter(customer_id=customer_id).order_by("-id")
    return _views(list(rows[:FEW]))


def collections_for(invoice_ids: Sequence[UUID]) -> dict[UUID, CollectionView]:
    rows = Collection.objects.filter(invoice_id__in=invoice_ids)
    return {found.invoice_id: found for found in _views(list(rows))}


def last_attempt(invoice_id: UUID) -> Attempt | None:
    """The latest that was not spared."""
    rows = Attempt.objects.filter(invoice_id=invoice_id).select_related("card")
    found: Attempt | None = rows.exclude(status=AttemptStatus.DROPPED).order_by("-id").first()
    return found


def due_invoices(at: datetime, *, limit: int) -> list[UUID]:
    """Whose card is to be charged now, the longest waiting first."""
    rows = Collection.objects.due(at)
    return list(rows.values_list("invoice_id", flat=True)[:limit])


def _views(rows: Sequence[Collection]) -> list[CollectionView]:
    found: dict[UUID, list[AttemptView]] = defaultdict(list)
    invoices = [row.invoice_id for row in rows]
    attempts = Attempt.objects.filter(invoice_id__in=invoices).select_related("card")
    for attempt in attempts.order_by("id"):
        found[attempt.invoice_id].append(attempt.view())
    return [
        CollectionView(
            row.invoice_id,
            row.customer_id,
            row.next_at,
            row.ended_at,
            tuple(found[row.invoice_id]),
        )
        for row in rows
    ]
