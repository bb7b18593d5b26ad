"""The ladder as programs read it: plain rows, no instances."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.dunning.errors import NotOnLadder
from alicerce.apps.dunning.queries.ladders import default_ladder
from alicerce.apps.dunning.queries.walks import standing
from alicerce.apps.dunning.types import Planned, Rung, Standing, TakenView
from alicerce.kernel.rest.answers import Row


def ladder_record() -> Row:
    card = default_ladder()
    terms = card.spec.terms
    return {
        "object": "dunning_ladder",
        "id": card.id,
        "name": card.name,
        "version": card.version,
        "opens": terms.opens,
        "closes": terms.closes,
        "on_business_days": terms.on_business_days,
        "notice_hours": terms.notice_hours,
        "steps": [_step(rung.key, rung) for rung in card.spec.in_order],
    }


def standing_record(invoice_id: UUID, *, at: datetime) -> Row:
    """What walks no ladder has nothing behind it and nothing to come. Raises NoSuchInvoice."""
    try:
        return _on_ladder(standing(invoice_id, at=at))
    except NotOnLadder:
        return _on_no_ladder(billing.invoice(invoice_id))


def _on_ladder(found: Standing) -> Row:
    return {
        "object": "invoice_dunning",
        "invoice_id": found.invoice_id,
        "customer_id": found.customer_id,
        "due_on": found.due_on,
        "overdue_at": found.overdue_at,
        "ended_at": found.ended_at,
        "ladder": found.ladder.name,
        "version": found.ladder.version,
        "taken": [
            _step(row.step, row) | {"outcome": row.outcome, "at": row.at} for row in found.taken
        ],
        "coming": [_step(step.step, step) | {"at": step.at} for step in found.coming],
    }


def _on_no_ladder(invoice: InvoiceSummary) -> Row:
    return {
        "object": "invoice_dunning",
        "invoice_id": invoice.id,
        "customer_id": invoice.customer_id,
        "due_on": invoice.due_on,
        "overdue_at": None,
        "ended_at": None,
        "ladder": None,
        "version": None,
        "taken": [],
        "coming": [],
    }


def _step(name: str, step: Rung | Planned | TakenView) -> Row:
    return {"step": name, "offset_days": step.offset_days, "kind": step.kind}
