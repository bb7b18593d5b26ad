"""What providers posted."""

from uuid import UUID

from alicerce.apps.billing.models import GatewayAccount, Notice
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.billing.types.gateways import NoticeView


def notice(notice_id: UUID) -> NoticeView:
    """For another app that reads the same provider. A hint, never proof."""
    found = Notice.objects.get(pk=notice_id)
    kind = GatewayAccount.objects.values_list("kind", flat=True).get(pk=found.account_id)
    return NoticeView(found.account_id, GatewayKind(kind), bytes(found.raw))
