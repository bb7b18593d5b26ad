"""The ladder as programs read it: plain rows, no instances."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.dunning.queries.ladders import default_ladder
from alicerce.apps.dunning.queries.walks import standing
from alicerce.apps.dunning.types import Planned, Rung, TakenView
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
    """Raises NotOnLadder."""
    found = standing(invoice_id, at=at)
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


def _step(name: str, step: Rung | Planned | TakenView) -> Row:
    return {"step": name, "offset_days": step.offset_days, "kind": step.kind}
