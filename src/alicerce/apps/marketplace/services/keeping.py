"""When apps were last here, and what is forgotten of them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from alicerce.apps.developers.types import Call, Mode
from alicerce.apps.marketplace.models import Grant, Installation, Token
from alicerce.apps.marketplace.types import KEPT_AFTERWARDS
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction


def note_use(*, calls: Iterable[Call]) -> None:
    """When each app was last used in each company."""
    latest: dict[UUID, dict[tuple[UUID, Mode], datetime]] = defaultdict(dict)
    for call in calls:
        if call.app_name:
            used = call.key_id, call.mode
            known = latest[call.home_id].get(used, call.at)
            latest[call.home_id][used] = max(known, call.at)
    for home_id, seen in latest.items():
        with acting(tenant_id=home_id, actor="system"), transaction():
            for (application_id, mode), at in sorted(seen.items()):
                _mark(application_id, mode, at)


@transaction()
def forget_lapsed(*, at: datetime) -> int:
    """Tokens that lapsed a day ago, and what they came from; how many those were."""
    before = at - KEPT_AFTERWARDS
    tokens, _ = Token.objects.filter(expires_at__lt=before).delete()
    left = Exists(Token.objects.filter(grant=OuterRef("pk")))
    grants, _ = Grant.objects.filter(~left, expires_at__lt=before).delete()
    return int(tokens + grants)


def _mark(application_id: UUID, mode: Mode, at: datetime) -> None:
    earlier = Q(last_used_at__lt=at) | Q(last_used_at=None)
    there = Installation.objects.live().filter(
        earlier, application_id=application_id, mode=mode
    )
    there.update(last_used_at=at)
