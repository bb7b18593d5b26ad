"""Disputes as programs read them: plain rows, no instances."""

from collections.abc import Collection, Mapping
from uuid import UUID

from alicerce.apps.disputes.errors import NoSuchDispute
from alicerce.apps.disputes.models import Answer, Dispute, Draft
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

COLUMNS = (
    "id",
    "kind",
    "status",
    "reason",
    "external_id",
    "payment_id",
    "invoice_id",
    "customer_id",
    "amount_cents",
    "taken_cents",
    "returned_cents",
    "fee_cents",
    "currency",
    "opened_at",
    "respond_by",
    "closed_at",
)
ANSWER_COLUMNS = ("kind", "state", "begun_at", "ended_at")


def dispute_rows(window: Window, **wanted: object) -> Slice:
    """A filter that is None narrows nothing."""
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    found = slice_of(Dispute.objects.filter(**narrowed), window, *COLUMNS)
    answers = _answers({row["id"] for row in found.rows})
    return Slice([_record(row, answers) for row in found.rows], found.next_cursor)


def dispute_record(dispute_id: UUID) -> Row:
    """With the evidence as it is drafted, or went. Raises NoSuchDispute."""
    found = Dispute.objects.filter(pk=dispute_id).values(*COLUMNS).first()
    if found is None:
        raise NoSuchDispute
    draft = Draft.objects.filter(dispute_id=dispute_id).first()
    record = _record(found, _answers({dispute_id}))
    return {**record, "evidence": dict(draft.texts) if draft else {}}


def _answers(dispute_ids: Collection[UUID]) -> Mapping[UUID, Row]:
    """What stands of each; nobody answers twice."""
    rows = Answer.objects.standing().filter(dispute_id__in=dispute_ids)
    found: list[Row] = list(rows.values("dispute_id", *ANSWER_COLUMNS))
    return {row.pop("dispute_id"): row for row in found}


def _record(row: Row, answers: Mapping[UUID, Row]) -> Row:
    return {"object": "dispute", **row, "answer": answers.get(row["id"])}
