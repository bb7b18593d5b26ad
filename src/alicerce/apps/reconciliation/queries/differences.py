"""Differences: the list, and one with all that people wrote about it."""

from dataclasses import dataclass
from uuid import UUID

from alicerce.apps.reconciliation.errors import NoSuchDifference
from alicerce.apps.reconciliation.models import Difference, DifferenceNote
from alicerce.apps.reconciliation.types import (
    DifferenceKind,
    DifferencePage,
    DifferenceState,
    DifferenceView,
)

PAGE, MOST_NOTES = 50, 100
STANDING = "standing"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which differences: by default those that still stand."""

    state: str = STANDING
    kind: str = ""
    account_id: UUID | None = None
    owner_id: UUID | None = None


def differences(wanted: Wanted, *, before: UUID | None = None) -> DifferencePage:
    """The newest first."""
    rows = Difference.objects.order_by("-id")
    if wanted.state == STANDING:
        rows = rows.standing()
    elif wanted.state in set(DifferenceState):
        rows = rows.filter(state=wanted.state)
    if wanted.kind in set(DifferenceKind):
        rows = rows.filter(kind=wanted.kind)
    if wanted.account_id:
        rows = rows.filter(account_id=wanted.account_id)
    if wanted.owner_id:
        rows = rows.filter(owner_id=wanted.owner_id)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    shown = [row.view() for row in found[:PAGE]]
    return DifferencePage(shown, shown[-1].id if len(found) > PAGE else None)


def difference(difference_id: UUID) -> DifferenceView:
    """Raises NoSuchDifference."""
    row = Difference.objects.filter(pk=difference_id).first()
    if row is None:
        raise NoSuchDifference
    notes = DifferenceNote.objects.filter(difference_id=difference_id).order_by("-id")
    view: DifferenceView = row.view([note.view() for note in notes[:MOST_NOTES]])
    return view
