"""Imports as programs read them: plain rows, no instances."""

from uuid import UUID

from alicerce.apps.switching.queries.dumps import dump_row, shadow_of
from alicerce.apps.switching.types import PlaceCount, ShadowCard
from alicerce.kernel.rest.answers import Row


def import_record(dump_id: UUID) -> Row:
    """Raises NoSuchDump."""
    card = dump_row(dump_id).card()
    shadow = shadow_of(dump_id)
    return {
        "object": "switching_import",
        "id": card.id,
        "filename": card.filename,
        "state": card.stage,
        "taken_on": card.taken_on,
        "created_at": card.uploaded_at,
        "finished_at": card.finished_at,
        "fault": card.fault or None,
        "rows": card.rows,
        "created": card.created,
        "updated": card.updated,
        "unchanged": card.same,
        "kept": card.kept,
        "tables": [_table(one) for one in card.counts],
        "comparison": _comparison(shadow) if shadow and shadow.finished_at else None,
    }


def _table(one: PlaceCount) -> Row:
    return {
        "table": one.place,
        "rows": one.total,
        "ok": one.ok,
        "warned": one.warned,
        "refused": one.refused,
    }


def _comparison(shadow: ShadowCard) -> Row:
    return {
        "id": shadow.id,
        "until": shadow.until,
        "matched": shadow.matched,
        "explained": shadow.explained,
        "unexplained": shadow.unexplained,
        "would_be_invoices": shadow.invoices,
    }
