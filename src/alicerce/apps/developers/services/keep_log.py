"""Write down calls, many at a time."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from alicerce.apps.developers.events import CleaningDue
from alicerce.apps.developers.models import ApiKey, KeptAnswer, LoggedCall
from alicerce.apps.developers.types import ANSWERS_KEPT, LOG_KEPT, Call
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

AT_A_TIME = 5000


def write_calls(*, calls: Iterable[Call]) -> None:
    """Log these calls of any companies, and when each key was last used."""
    by_home: dict[UUID, list[Call]] = defaultdict(list)
    for call in calls:
        by_home[call.home_id].append(call)
    for home_id, own in by_home.items():
        with acting(tenant_id=home_id, actor="system"), transaction():
            _log(own)
            _mark_used(own)


@transaction()
def forget_old(*, at: datetime) -> int:
    """Some calls older than a month and answers older than a day; how many those were.

    A big log is a job after the other: none holds many rows, and each leaves room for other work.
    """
    calls = LoggedCall.objects.filter(at__lt=at - LOG_KEPT).order_by("at")
    answers = KeptAnswer.objects.filter(answered_at__lt=at - ANSWERS_KEPT).order_by(
        "answered_at"
    )
    gone = [old.delete_some(most=AT_A_TIME) for old in (calls, answers)]
    if max(gone) == AT_A_TIME:
        publish(CleaningDue(at=at))
    return sum(gone)


def _log(calls: list[Call]) -> None:
    LoggedCall.objects.bulk_create(
        LoggedCall(
            at=call.at,
            method=call.method[:7],
            route=call.route[:120],
            status=call.status,
            milliseconds=call.milliseconds,
            api_key_id=call.key_id,
            app_name=call.app_name,
            request_id=call.request_id,
            idempotency_key=call.idempotency_key,
            problem=call.problem[:60],
        )
        for call in calls
    )


def _mark_used(calls: list[Call]) -> None:
    latest: dict[UUID, datetime] = {}
    for call in calls:
        latest[call.key_id] = max(call.at, latest.get(call.key_id, call.at))
    for key_id, at in sorted(latest.items()):
        ApiKey.objects.filter(
            Q(last_used_at__lt=at) | Q(last_used_at__isnull=True), pk=key_id
        ).update(last_used_at=at)
