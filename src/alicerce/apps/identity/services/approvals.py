"""Sensitive actions: asked for, proven, used up once."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.identity.models import Approval, User
from alicerce.apps.identity.types import Claim
from alicerce.kernel.db import transaction
from alicerce.kernel.sensitive import Foreseen, Sensitive

KEPT = timedelta(days=1)


def digest_of(*, foreseen: Foreseen) -> str:
    """Over all that is shown, so that what was approved is what is done."""
    return sha256(
        json.dumps(asdict(foreseen), sort_keys=True, default=str).encode()
    ).hexdigest()


@transaction()
def ask_approval(
    *, claim: Claim, what: Sensitive, foreseen: Foreseen, path: str, at: datetime
) -> UUID:
    Approval.objects.filter(asked_at__lt=at - KEPT).delete()
    approval = Approval.objects.create(
        user_id=claim.user_id,
        session=claim.session,
        action=what.action,
        digest=digest_of(foreseen=foreseen),
        path=path,
        title=str(foreseen.title)[:200],
        asked_at=at,
    )
    return UUID(str(approval.id))


@transaction()
def prove(*, approval_id: UUID, claim: Claim, kind: str, at: datetime) -> None:
    """The person of this session proved themselves for this one action."""
    approval = Approval.objects.select_for_update(of=("self",)).get(
        pk=approval_id, user_id=claim.user_id, session=claim.session
    )
    if approval.become_proven(at=at):
        audit.record(
            action="approval.proven",
            entity="person",
            entity_id=claim.user_id,
            after={"action": approval.action, "by": kind},
            at=at,
        )


@transaction()
def spend_approval(
    *, approval_id: UUID, claim: Claim, what: Sensitive, foreseen: Foreseen, at: datetime
) -> bool:
    """Use an approval for what it was given for. False when there is none that fits."""
    mine = Approval.objects.filter(
        pk=approval_id, user_id=claim.user_id, session=claim.session, action=what.action
    )
    if not mine.filter(digest=digest_of(foreseen=foreseen)).spend(at=at):
        return False
    audit.record(
        action=what.action,
        entity=foreseen.entity,
        entity_id=foreseen.entity_id,
        after={"approval": approval_id, "amount_cents": foreseen.amount_cents},
        at=at,
    )
    return True


def check_password(*, user_id: UUID, password: str) -> bool:
    user: User = User.objects.get(pk=user_id)
    return user.check_password(password)
