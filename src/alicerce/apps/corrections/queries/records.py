"""Requests for corrections as programs read them: plain rows, no instances."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from alicerce.apps.corrections.errors import NoSuchCorrection
from alicerce.apps.corrections.models import Correction
from alicerce.apps.corrections.types import CorrectionKind
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

COLUMNS = (
    *("id", "kind", "state", "payment_id", "invoice_id", "customer_id"),
    *("amount_cents", "currency", "position", "method", "received_on", "reference", "proof"),
    *("reason", "before", "after", "requested_at", "expires_at", "decided_at", "refusal"),
    "result_id",
)
RESULTS: Mapping[str, str] = {
    CorrectionKind.REFUND: "refund",
    CorrectionKind.CREDIT_NOTE: "credit_note",
    CorrectionKind.PAYMENT: "payment",
}


def correction_rows(window: Window, **wanted: object) -> Slice:
    """A filter that is None narrows nothing."""
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    found = slice_of(Correction.objects.filter(**narrowed), window, *COLUMNS)
    return Slice(_records(found.rows), found.next_cursor)


def correction_record(correction_id: UUID) -> Row:
    """Raises NoSuchCorrection."""
    found = Correction.objects.filter(pk=correction_id).values(*COLUMNS).first()
    if found is None:
        raise NoSuchCorrection
    return _records([found])[0]


def _records(rows: Sequence[Row]) -> list[Row]:
    if not rows:
        return []
    base = tenancy.tenant_card().base_url
    return [_record(row, base) for row in rows]


def _record(row: Row, base: str) -> Row:
    told = dict(row)
    result_id = told.pop("result_id")
    result = {"object": RESULTS[told["kind"]], "id": result_id} if result_id else None
    path = f"/app/financeiro/correcoes/{row['id']}/"
    effect = {"before": told.pop("before"), "after": told.pop("after")}
    return {
        "object": "correction",
        "line": told.pop("position"),
        **told,
        "effect": effect,
        "result": result,
        "page_path": path,
        "page_url": tenancy.page_url(path, base_url=base),
    }
