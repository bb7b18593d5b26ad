"""Tell who may see to it that differences have been open for a day. Each difference once."""

from datetime import datetime, timedelta

from alicerce.apps.notify import public as notify
from alicerce.apps.reconciliation import permissions
from alicerce.apps.reconciliation.models import Difference
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction

OLD = timedelta(days=1)
MOST = 500


@transaction()
def warn_of_old_differences(*, at: datetime) -> int:
    """One letter to each person, whatever number there is; how many differences it tells of."""
    rows = Difference.objects.open().filter(opened_at__lte=at - OLD, told_at__isnull=True)
    found = list(rows.order_by("id").select_for_update(of=("self",), skip_locked=True)[:MOST])
    if not found:
        return 0
    for row in found:
        row.told(at=at)
    tenant = tenancy.tenant_card()
    for member in tenancy.members():
        if permissions.MANAGE in member.role.permissions:
            notify.send(
                template="differences_open",
                to=member.email,
                key=f"differences:{found[0].id}:{found[0].reopened}:{member.user_id}",
                values={
                    "name": member.name,
                    "count": str(len(found)),
                    "link_differences": f"{tenant.base_url}/app/conciliacao/diferencas/",
                },
                at=at,
                locale=tenant.locale,
            )
    return len(found)
