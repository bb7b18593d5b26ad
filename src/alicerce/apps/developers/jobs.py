"""What developers does by the clock, and when somebody leaves."""

from alicerce.apps.developers.events import CleaningDue
from alicerce.apps.developers.services.keep_log import forget_old
from alicerce.apps.developers.services.retire_key import revoke_keys_of
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.events import MemberLeft
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on


@every(seconds=3600)
def find_old_calls() -> None:
    """Of every company: what is promised to be forgotten is, also after it closed."""
    for tenant_id in tenancy.all_tenant_ids():
        with acting(tenant_id=tenant_id), transaction():
            publish(CleaningDue(at=now()))


@on(MemberLeft)
def revoke_keys_of_who_left(left: MemberLeft) -> None:
    revoke_keys_of(user_id=left.user_id, at=left.at)


@on(CleaningDue, queue="bulk")
def forget_old_calls(due: CleaningDue) -> None:
    forget_old(at=due.at)
