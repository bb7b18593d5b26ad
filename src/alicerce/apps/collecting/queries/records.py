"""Kept cards and what was charged to them, as programs read them: plain rows, no instances."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.collecting.errors import NoSuchMandate
from alicerce.apps.collecting.models import Card, Mandate
from alicerce.apps.collecting.queries.collections import collection_of
from alicerce.apps.collecting.queries.foretelling import foretold
from alicerce.apps.collecting.types import AttemptView, Foretold
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

COLUMNS = (
    "id",
    "customer_id",
    "brand",
    "last4",
    "expires_on",
    "is_default",
    "refused",
    "saved_at",
)


def card_rows(window: Window, *, customer_id: UUID | None) -> Slice:
    """Those that are kept."""
    rows = Card.objects.kept()
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    found = slice_of(rows, window, *COLUMNS)
    return Slice([_card(row) for row in found.rows], found.next_cursor)


def collection_record(invoice_id: UUID, *, at: datetime) -> Row:
    """An invoice that no card was ever meant to pay has no attempts and waits for none.

    Raises NoSuchInvoice.
    """
    invoice, found = billing.invoice(invoice_id), collection_of(invoice_id)
    attempts = found.attempts if found else ()
    told = foretold([invoice], at=at).get(invoice_id)
    return {
        "object": "invoice_collection",
        "invoice_id": invoice.id,
        "customer_id": invoice.customer_id,
        "next_attempt_at": found.next_at if found else None,
        "ended_at": found.ended_at if found else None,
        "pays_itself": _self_payment(told) if told else None,
        "attempts": [_attempt(each) for each in attempts],
    }


def _self_payment(told: Foretold) -> Row:
    card_id = told.card.id if told.card else None
    return {"by": told.way, "on": told.on, "stage": told.stage, "payment_method_id": card_id}


def _card(row: Row) -> Row:
    expires_on = row.pop("expires_on")
    return {
        "object": "payment_method",
        **row,
        "type": "card",
        "exp_month": expires_on.month,
        "exp_year": expires_on.year,
        "refused": row["refused"] or None,
    }


def _attempt(attempt: AttemptView) -> Row:
    return {
        "id": attempt.id,
        "trigger": attempt.trigger,
        "status": attempt.status,
        "payment_method_id": attempt.card_id,
        "decline": attempt.decline,
        "reason": attempt.reason or None,
        "begun_at": attempt.begun_at,
        "ended_at": attempt.ended_at,
    }


MANDATE_COLUMNS = (
    "id",
    "customer_id",
    "status",
    "journey",
    "fixed_cents",
    "most_cents",
    "currency",
    "asked_at",
    "approved_at",
    "ended_at",
    "ended_by",
    "reason",
    "bank",
    "step",
    "answer_until",
)


def mandate_rows(window: Window, *, customer_id: UUID | None) -> Slice:
    """Every one that was asked for."""
    rows = Mandate.objects.all()
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    found = slice_of(rows, window, *MANDATE_COLUMNS)
    return Slice([_mandate(row) for row in found.rows], found.next_cursor)


def mandate_record(mandate_id: UUID) -> Row:
    """Raises NoSuchMandate."""
    found = Mandate.objects.filter(pk=mandate_id).values(*MANDATE_COLUMNS).first()
    if found is None:
        raise NoSuchMandate
    return _mandate(found)


def _mandate(row: Row) -> Row:
    ended = {name: row[name] or None for name in ("ended_by", "reason", "bank", "step")}
    return {"object": "mandate", "type": "pix_automatic", **row, **ended}
