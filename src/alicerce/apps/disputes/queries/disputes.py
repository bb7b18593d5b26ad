"""Disputes as pages and other apps see them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from alicerce.apps.disputes.errors import NoSuchDispute
from alicerce.apps.disputes.models import Answer, Dispute, Draft
from alicerce.apps.disputes.types import (
    EVIDENCE_FIELDS,
    UNDECIDED,
    DisputeKind,
    DisputePage,
    DisputeStatus,
    DisputeView,
    Texts,
)
from alicerce.kernel.db import as_operator

PAGE = 50


def tenants_with_due_reminders(at: datetime) -> list[UUID]:
    """Call it outside of any tenant."""
    with as_operator():
        due = Dispute.objects.due(at).order_by("tenant_id")
        return list(due.values_list("tenant_id", flat=True).distinct())


def open_disputes(*, after: str = "", kind: DisputeKind | None = None) -> DisputePage:
    """Those that are undecided, by their last day; those without one at the end."""
    rows = Dispute.objects.filter(closed_at__isnull=True)
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.order_by(F("respond_by").asc(nulls_last=True), "id")
    return _page(rows.filter(_behind(after)) if after else rows)


def decided_disputes(
    *, statuses: Sequence[DisputeStatus], after: str = "", kind: DisputeKind | None = None
) -> DisputePage:
    """Those of these states, the newest first."""
    rows = Dispute.objects.filter(status__in=statuses)
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(pk__lt=_uuid(after)) if after else rows
    return _page(rows.order_by("-id"))


def dispute(dispute_id: UUID) -> DisputeView:
    """With its draft and its answer. Raises NoSuchDispute."""
    row = Dispute.objects.filter(pk=dispute_id).first()
    if row is None:
        raise NoSuchDispute
    draft = Draft.objects.filter(dispute_id=dispute_id).first()
    answer = Answer.objects.filter(dispute_id=dispute_id).order_by("-id").first()
    standing = answer if answer and answer.state != "refused" else None
    return replace(
        row.view(),
        draft=_in_order(draft.texts) if draft else {},
        drafted_at=draft.saved_at if draft else None,
        answer=standing.view() if standing else None,
        refused=answer.error if answer and standing is None else "",
    )


def disputes_of_invoice(invoice_id: UUID) -> tuple[DisputeView, ...]:
    """Newest first."""
    rows = Dispute.objects.filter(invoice_id=invoice_id).order_by("-id")
    return tuple(row.view() for row in rows)


def _in_order(texts: Texts) -> Texts:
    """As it is asked for: the database keeps no order."""
    return {name: texts[name] for name in EVIDENCE_FIELDS if name in texts}


def _page(rows: object) -> DisputePage:
    found = list(rows[: PAGE + 1])  # type: ignore[index]
    shown = found[:PAGE]
    more = len(found) > PAGE
    answers = Answer.objects.standing().filter(dispute_id__in=[row.id for row in shown])
    by_dispute = {answer.dispute_id: answer.view() for answer in answers}
    views = tuple(replace(row.view(), answer=by_dispute.get(row.id)) for row in shown)
    return DisputePage(views, _place(shown[-1]) if more else "")


def _place(row: Dispute) -> str:
    if row.status not in UNDECIDED:
        return str(row.id)
    day = row.respond_by.isoformat() if row.respond_by else ""
    return f"{day}_{row.id}"


def _behind(after: str) -> Q:
    """Behind a place in the order of last days; nothing lies behind what is no place."""
    day, _, last = after.partition("_")
    found = _uuid(last)
    if not day:
        return Q(respond_by__isnull=True, pk__gt=found)
    try:
        at = datetime.fromisoformat(day)
    except ValueError:
        return Q(pk__in=[])
    later = Q(respond_by__gt=at) | Q(respond_by=at, pk__gt=found)
    return later | Q(respond_by__isnull=True)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
