"""Whom a round of invitations would write to, and how far one is."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Value, When

from alicerce.apps.customers.errors import NoSuchRound
from alicerce.apps.customers.models import CustomerUser, Invitation, InvitationRound
from alicerce.apps.customers.queries.customers import narrowed
from alicerce.apps.customers.types import CustomerStatus, Wanted
from alicerce.apps.customers.types.rounds import LeftOut, Outlook, RoundCard
from alicerce.kernel.db import as_operator

FIRST, LATELY = 10, 10
INVITED = ""
# The alias that stands for the e-mail of somebody erased.
ERASED = "@invalid"


def outlook(wanted: Wanted, *, at: datetime) -> Outlook:
    """What would become of everybody on a list, were the round started now."""
    rows = with_reasons(narrowed(wanted), at=at)
    counts = Counter(dict(rows.values_list("reason").annotate(Count("pk")).order_by()))
    fit = rows.filter(reason=INVITED)
    mailboxes = fit.aggregate(found=Count("email", distinct=True))["found"]
    left_out = {reason.value: counts[reason.value] for reason in LeftOut}
    left_out[LeftOut.SAME_MAILBOX] = counts[INVITED] - mailboxes
    first = tuple(row.card() for row in fit.order_by("-id")[:FIRST])
    return Outlook(mailboxes, {r: n for r, n in left_out.items() if n}, first)


def with_reasons(rows: Any, *, at: datetime) -> Any:
    """Each customer with why they are left out; with nothing, they are invited."""
    theirs = {"customer_id": OuterRef("pk")}
    asked = Invitation.objects.filter(
        **theirs, accepted_at=None, revoked_at=None, expires_at__gt=at
    )
    reason = Case(
        When(status=CustomerStatus.CLOSED, then=Value(LeftOut.CLOSED)),
        When(Q(email="") | Q(email__endswith=ERASED), then=Value(LeftOut.NO_EMAIL)),
        When(Exists(CustomerUser.objects.filter(**theirs)), then=Value(LeftOut.HAS_ACCESS)),
        When(Exists(asked), then=Value(LeftOut.INVITED)),
        default=Value(INVITED),
        output_field=CharField(),
    )
    return rows.annotate(reason=reason)


def round_card(round_id: UUID) -> RoundCard:
    """Raises NoSuchRound."""
    found = InvitationRound.objects.filter(pk=round_id).first()
    if found is None:
        raise NoSuchRound
    card: RoundCard = found.card(accepted=_accepted([round_id]).get(round_id, 0))
    return card


def latest_rounds() -> list[RoundCard]:
    """Newest first."""
    found = list(InvitationRound.objects.order_by("-id")[:LATELY])
    accepted = _accepted([row.id for row in found])
    return [row.card(accepted=accepted.get(row.id, 0)) for row in found]


def _accepted(round_ids: list[UUID]) -> Mapping[UUID, int]:
    let_in = Invitation.objects.filter(round_id__in=round_ids, accepted_at__isnull=False)
    return dict(let_in.values_list("round_id").annotate(Count("pk")))


def rounds_due(at: datetime) -> list[tuple[UUID, UUID, int]]:
    """Tenant, round and part of those that waited long enough. Call it outside of any tenant."""
    with as_operator():
        due = InvitationRound.objects.filter(due_at__lte=at).order_by("tenant_id")
        return list(due.values_list("tenant_id", "id", "part"))
