"""Ask providers about disputes: after a notice, and on the round that finds what no notice told."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.disputes.models import Dispute
from alicerce.apps.disputes.ports import Desk, desks
from alicerce.apps.disputes.services.follow_dispute import follow_dispute
from alicerce.kernel.db import transaction
from alicerce.kernel.http import Refusal, Unavailable, Unknown

OVERLAP = timedelta(days=2)
UNREAD = timedelta(minutes=10)
CHUNK = 100

logger = logging.getLogger("alicerce.disputes")


def read_noticed(*, notice_id: UUID, at: datetime) -> int:
    """Read again all that a notice speaks of; how many were news. Raises Unavailable or Unknown: again later."""
    with transaction():
        notice = billing.notice(notice_id)
    desk = open_desk(account_id=notice.account_id)
    return _read_all(notice.account_id, desk, desk.names_in(notice.raw), at=at) if desk else 0


def read_round(*, account_id: UUID, since: datetime, at: datetime) -> int:
    """What was opened without anybody telling, and what may have gone on. A provider in trouble is asked next time."""
    desk = open_desk(account_id=account_id)
    if desk is None:
        return 0
    try:
        listed = list(islice(desk.names_since(since - OVERLAP), CHUNK))
        names = dict.fromkeys([*_unknown(account_id, listed), *_waiting(account_id, at=at)])
        return _read_all(account_id, desk, names, at=at)
    except (Refusal, Unavailable, Unknown) as trouble:
        logger.warning("disputes of %s could not be read: %s", account_id, trouble)
        return 0


def read_of_payment(*, payment_id: UUID, at: datetime) -> bool:
    """A payment came whose dispute was here before it."""
    found = _waiting_for(payment_id)
    desk = open_desk(account_id=found[0]) if found else None
    if found is None or desk is None:
        return False
    return bool(_read_all(found[0], desk, [found[1]], at=at))


@transaction(shared=True)
def open_desk(*, account_id: UUID) -> Desk | None:
    """Who tells of disputes there; None where nobody does, or the account is switched off."""
    found = billing.enabled_gateway(account_id)
    if found is None or found[0] not in desks:
        return None
    return desks[found[0]](found[1])


def _read_all(account_id: UUID, desk: Desk, names: Iterable[str], *, at: datetime) -> int:
    """One that is refused stands in nobody else's way."""
    news = 0
    for name in names:
        try:
            told = desk.read(name)
        except Refusal as refusal:
            logger.warning("dispute %s is refused: %s", name, refusal)
            continue
        if told is not None:
            news += follow_dispute(account_id=account_id, told=told, at=at)
    return news


@transaction()
def _unknown(account_id: UUID, names: list[str]) -> list[str]:
    known = Dispute.objects.filter(account_id=account_id, external_id__in=names)
    here = set(known.values_list("external_id", flat=True))
    return [name for name in names if name not in here]


@transaction()
def _waiting(account_id: UUID, *, at: datetime) -> list[str]:
    """Marked as read before they are: one that always fails must not stand in the way of others."""
    waiting = Dispute.objects.unread_since(at - UNREAD).filter(account_id=account_id)
    rows = list(waiting.select_for_update(of=("self",), no_key=True, skip_locked=True)[:CHUNK])
    for row in rows:
        row.checked(at=at)
    return [row.external_id for row in rows]


@transaction()
def _waiting_for(payment_id: UUID) -> tuple[UUID, str] | None:
    reference = billing.payment(payment_id).reference
    found = Dispute.objects.unattached().filter(payment_reference=reference).first()
    if found is None or found.account_id is None:
        return None
    return found.account_id, found.external_id
