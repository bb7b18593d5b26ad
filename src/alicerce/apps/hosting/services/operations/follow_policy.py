"""How this company suspends and removes."""

from dataclasses import asdict
from datetime import datetime

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting.models import Policy
from alicerce.apps.hosting.types import Custom
from alicerce.kernel.db import transaction


@transaction()
def follow_policy(*, custom: Custom, at: datetime) -> None:
    """For what happens from now on: what is suspended or scheduled stays as it is."""
    before = Policy.objects.custom()
    if before == custom:
        return
    Policy.objects.add_once(Policy())
    Policy.objects.select_for_update().get().follow(custom)
    audit.record(
        action="hosting.policy_changed",
        entity="hosting_policy",
        before=asdict(before),
        after=asdict(custom),
        at=at,
    )
