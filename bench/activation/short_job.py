"""The short job: read which event it was, create the account, mark the service active."""

import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.db import connection

from alicerce.apps.billing.events import GatewayNoticeReceived
from alicerce.apps.billing.models import Notice
from alicerce.kernel.db import transaction
from alicerce.vendors.whm.client import WhmClient

ACTIVATE = """
insert into bench_service (id, called_at, active_at) values (%s, %s, clock_timestamp())
on conflict (id) do nothing
"""


def activate(received: GatewayNoticeReceived) -> None:
    with transaction():
        notice = Notice.objects.get(pk=received.notice_id)
    called = datetime.now(UTC)
    _create(notice.external_key)
    with transaction(), connection.cursor() as cursor:
        cursor.execute(ACTIVATE, [notice.external_key, called])


def _create(event_id: str) -> None:
    name = f"b{event_id[-15:]}"
    _panel().createacct(
        username=name,
        domain=f"{name}.example.com",
        plan="basico",
        password="a long enough password",  # noqa: S106 (a simulator's)
        contactemail="cliente@example.com",
    )


@cache
def _panel() -> WhmClient:
    return WhmClient(
        base_url=os.environ["PANEL_URL"],
        username="root",
        token=os.environ["PANEL_TOKEN"],
        ca_pem=Path(os.environ["PANEL_CA"]).read_text(encoding="ascii"),
    )
