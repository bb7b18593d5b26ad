"""Keep what a provider posted, and answer."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.events import GatewayNoticeReceived
from alicerce.apps.billing.models import Notice
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction(shared=True)
def receive_notice(
    *,
    account_id: UUID,
    external_key: str,
    raw: bytes,
    headers: Mapping[str, str],
    at: datetime,
    topic: str = "",
) -> bool:
    """Store a verified notice and queue its reading, in one commit. False when it came before."""
    notice = Notice(
        account_id=account_id,
        external_key=external_key,
        raw=raw,
        headers=dict(headers),
        received_at=at,
    )
    if not Notice.objects.add_once(notice):
        return False
    publish(GatewayNoticeReceived(at=at, notice_id=notice.pk, topic=topic))
    return True
