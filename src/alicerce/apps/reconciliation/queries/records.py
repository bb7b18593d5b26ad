"""Differences, payouts and lines of the bank as programs read them: plain rows, no instances."""

from django.db.models import Count

from alicerce.apps.reconciliation.models import BankLine, Difference, Match, Payout
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

DIFFERENCE_COLUMNS = (
    "id",
    "kind",
    "state",
    "account_id",
    "reference",
    "payment_reference",
    "payment_id",
    "currency",
    "there_cents",
    "here_cents",
    "posted_cents",
    "reason",
    "happened_at",
    "opened_at",
    "checked_at",
    "resolved_at",
)
PAYOUT_COLUMNS = (
    "id",
    "account_id",
    "external_id",
    "status",
    "amount_cents",
    "parts_cents",
    "currency",
    "made_at",
    "arrives_on",
    "matched_at",
)
LINE_COLUMNS = (
    "id",
    "bank_account_id",
    "code",
    "posted_on",
    "amount_cents",
    "currency",
    "memo",
    "document",
    "matched_at",
)


def difference_rows(window: Window, *, state: str | None, kind: str | None) -> Slice:
    rows = Difference.objects.all()
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(kind=kind) if kind else rows
    return _named("reconciliation_difference", slice_of(rows, window, *DIFFERENCE_COLUMNS))


def payout_rows(window: Window, *, status: str | None) -> Slice:
    rows = Payout.objects.filter(status=status) if status else Payout.objects.all()
    return _named("payout", slice_of(rows, window, *PAYOUT_COLUMNS))


def line_rows(window: Window, *, matched: bool | None) -> Slice:
    """What each is, where somebody said it: two more statements for the page."""
    rows = BankLine.objects.all()
    if matched is not None:
        rows = rows.filter(matched_at__isnull=not matched)
    found = slice_of(rows, window, *LINE_COLUMNS)
    live = Match.objects.live().filter(line_id__in=[row["id"] for row in found.rows])
    parts = dict(live.values_list("line_id").annotate(parts=Count("id")))
    kinds = dict(live.filter(of_line=0).values_list("line_id", "kind"))
    for row in found.rows:
        row["matched_as"] = kinds.get(row["id"])
        row["matched_parts"] = parts.get(row["id"], 0)
    return _named("bank_transaction", found)


def _named(name: str, found: Slice) -> Slice:
    rows: list[Row] = [{"object": name, **row} for row in found.rows]
    return Slice(rows, found.next_cursor, found.at_end)
