"""Write down what a comparison found of some subjects, and close what it no longer finds of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.reconciliation.events import DifferenceFound, DifferenceResolved
from alicerce.apps.reconciliation.models import Difference
from alicerce.apps.reconciliation.types import DifferenceKind, Found
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

Seen = Mapping[str, Sequence[Found]]
"""By subject, everything that is different about it now: nothing, where all agree."""


@transaction(shared=True)
def note_differences(
    *,
    seen: Seen,
    account_id: UUID | None,
    at: datetime,
    about: Mapping[str, dict[str, Any]] | None = None,
    only: Iterable[DifferenceKind] = tuple(DifferenceKind),
) -> int:
    """How many are news. A kind outside of `only` was not looked at, and stays as it is.

    A subject is one row per kind whoever compares at once: the database refuses a second.
    """
    news = 0
    for subject in sorted(seen):
        more = (about or {}).get(subject, {})
        for found in sorted(seen[subject], key=lambda one: one.kind):
            news += _note(found, subject, account_id, more, at=at)
    _close(seen, only, at=at)
    return news


def _note(
    found: Found, subject: str, account_id: UUID | None, more: dict[str, Any], *, at: datetime
) -> bool:
    difference = Difference.of(found, subject=subject, account_id=account_id, at=at, **more)
    if Difference.objects.add_once(difference):
        _say_found(difference, "reconciliation.difference_found", at=at)
        return True
    known = Difference.objects.get(kind=found.kind, subject=subject)
    difference = Difference.objects.lock(known.id)
    if difference.find_again(found, at=at, **more):
        _say_found(difference, "reconciliation.difference_returned", at=at)
        return True
    return False


def _close(seen: Seen, only: Iterable[DifferenceKind], *, at: datetime) -> None:
    rows = Difference.objects.standing().filter(subject__in=list(seen), kind__in=list(only))
    for row in rows.order_by("subject", "kind").select_for_update(of=("self",)):
        if row.kind not in {found.kind for found in seen[row.subject]} and row.resolve(at=at):
            audit.record(
                action="reconciliation.difference_resolved",
                entity="difference",
                entity_id=row.id,
                after={"kind": row.kind, "reference": row.reference},
                at=at,
            )
            publish(
                DifferenceResolved(
                    at=at, difference_id=row.id, kind=row.kind, reference=row.reference
                )
            )


def _say_found(row: Difference, action: str, *, at: datetime) -> None:
    figures = {
        name: getattr(row, name) for name in ("there_cents", "here_cents", "posted_cents")
    }
    audit.record(
        action=action,
        entity="difference",
        entity_id=row.id,
        after={"kind": row.kind, "reference": row.reference, **figures},
        at=at,
    )
    publish(
        DifferenceFound(
            at=at,
            difference_id=row.id,
            kind=row.kind,
            reference=row.reference,
            currency=row.currency,
            there_cents=row.there_cents,
            here_cents=row.here_cents,
        )
    )
