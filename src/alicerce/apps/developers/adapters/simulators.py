"""The simulators that run beside this installation, as they say themselves."""

import json
from typing import Any

from django.conf import settings

from alicerce.apps.developers.ports import StandIns
from alicerce.apps.hosting.public import ServerForm


def simulators() -> StandIns | None:
    """None in production, and while none runs: they write their file when they listen, and remove it."""
    if settings.SIMULATORS_FILE is None:
        return None
    try:
        told = json.loads(settings.SIMULATORS_FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    stripe = told["stripe"]
    opens = {"secret_key": stripe["secret_key"]}
    return StandIns(stripe["url"], opens, tuple(map(_server, told["whm"])))


def _server(told: dict[str, Any]) -> ServerForm:
    return ServerForm(
        name=told["name"],
        hostname=told["hostname"],
        base_url=told["url"],
        username=told["username"],
        token=told["token"],
        ca_pem=told["ca_pem"],
        ip=told["ip"],
        nameservers=told["nameservers"],
        max_accounts=1000,
        max_concurrent=2,
    )
