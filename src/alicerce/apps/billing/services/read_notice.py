"""Follow a notice to its source: only what the provider answers when asked is booked."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.models import Notice
from alicerce.apps.billing.ports import Gateway
from alicerce.apps.billing.services.apply_reading import apply_reading
from alicerce.apps.billing.services.providers import open_gateway
from alicerce.apps.billing.types.gateways import NoticeOutcome
from alicerce.kernel.db import transaction
from alicerce.kernel.http import Refusal


def read_notice(*, notice_id: UUID, at: datetime) -> None:
    """Read again all that a notice speaks of. Raises Unavailable or Unknown: again later."""
    found = _unread(notice_id)
    if found is None:
        return
    notice, gateway = found
    booked, refusals = _read_all(notice, gateway, at=at)
    if refusals:
        _finish(notice, NoticeOutcome.REFUSED, str(refusals[0]), at=at)
    else:
        outcome = NoticeOutcome.BOOKED if booked else NoticeOutcome.NOTHING_NEW
        _finish(notice, outcome, "", at=at)


def _read_all(notice: Notice, gateway: Gateway, *, at: datetime) -> tuple[int, list[Refusal]]:
    """How many payments were news, and what was refused: that stands in nobody else's way."""
    booked, refusals = 0, []
    try:
        names = gateway.readings_in(bytes(notice.raw))
    except Refusal as refusal:
        return 0, [refusal]
    for name in names:
        try:
            reading = gateway.read(name)
            booked += apply_reading(account_id=notice.account_id, reading=reading, at=at)
        except Refusal as refusal:
            refusals.append(refusal)
    return booked, refusals


@transaction()
def _unread(notice_id: UUID) -> tuple[Notice, Gateway] | None:
    notice: Notice = Notice.objects.get(pk=notice_id)
    if notice.handled_at:
        return None
    return notice, open_gateway(account_id=notice.account_id)


@transaction()
def _finish(notice: Notice, outcome: NoticeOutcome, detail: str, *, at: datetime) -> None:
    notice.finish(outcome, detail=detail, at=at)
