"""Requests for corrections as pages and other apps see them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min

from alicerce.apps.corrections.errors import NoSuchCorrection
from alicerce.apps.corrections.models import Correction
from alicerce.apps.corrections.types import CorrectionPage, CorrectionState, CorrectionView
from alicerce.kernel.db import as_operator

PAGE = 50


def correction(correction_id: UUID) -> CorrectionView:
    """Raises NoSuchCorrection."""
    found = Correction.objects.filter(pk=correction_id).first()
    if found is None:
        raise NoSuchCorrection
    view: CorrectionView = found.view()
    return view


def corrections(
    states: Collection[CorrectionState], *, before: UUID | None = None
) -> CorrectionPage:
    """Newest first."""
    rows = Correction.objects.filter(state__in=states)
    rows = rows.filter(pk__lt=before) if before else rows
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = tuple(row.view() for row in found[:PAGE])
    return CorrectionPage(shown, shown[-1].id if len(found) > PAGE else None)


def waiting_since() -> tuple[int, datetime | None]:
    """How many wait for a person, and since when the first of them does."""
    found = Correction.objects.waiting().aggregate(count=Count("id"), since=Min("requested_at"))
    return found["count"], found["since"]


def waiting_for_invoice(invoice_id: UUID) -> tuple[CorrectionView, ...]:
    rows = Correction.objects.waiting().filter(invoice_id=invoice_id).order_by("-id")
    return tuple(row.view() for row in rows)


def tenants_with_due(at: datetime) -> list[UUID]:
    """Call it outside of any tenant."""
    with as_operator():
        due = Correction.objects.due(at).order_by("tenant_id")
        return list(due.values_list("tenant_id", flat=True).distinct())
