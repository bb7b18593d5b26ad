"""Suspend, resume and pay at once, each on a connection of its own: one live run, and the last word counts."""

from random import Random
from uuid import UUID

import pytest

from alicerce.apps.dns.ports import dns_hosts
from alicerce.apps.dns.tests.doubles import ZonesInMemory
from alicerce.apps.hosting.errors import NotSuspended
from alicerce.apps.hosting.models import ProvisioningRun
from alicerce.apps.hosting.models.run import LIVE
from alicerce.apps.hosting.ports import panels
from alicerce.apps.hosting.services.advance_run import advance_run
from alicerce.apps.hosting.services.operations.hold_back import (
    resume_service,
    suspend_service,
)
from alicerce.apps.hosting.tests.doubles import HandClock, PanelInMemory
from alicerce.apps.hosting.tests.factories import NOON
from alicerce.apps.hosting.tests.obeying import a_live_service, newest, resume, settle, suspend
from alicerce.apps.hosting.types import Cause
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from tests.architecture.test_api_races import crowd

pytest_plugins = ["tests.architecture.isolation.fixtures"]

__all__ = ["crowd"]


@pytest.fixture
def panel(monkeypatch):
    panel = PanelInMemory()
    monkeypatch.setitem(panels, "whm", lambda access: panel)
    monkeypatch.setitem(dns_hosts, "whm", lambda reference: ZonesInMemory())
    return panel


def clear_by_hand(service):
    try:
        resume_service(service_id=service.id, reason="limpo", at=NOON)
    except NotSuspended:
        return


WISHES = (
    lambda service: suspend_service(
        service_id=service.id, cause=Cause.ABUSE, reason="spam", at=NOON
    ),
    clear_by_hand,
    suspend,
    resume,
)


def test_wishes_at_once_end_as_the_holds_say(crowd, panel, stage):
    ours, chance = UUID(stage.world.ours), Random(7)  # noqa: S311
    with acting(tenant_id=ours), transaction():
        service = a_live_service(HandClock(), domain="corrida.com.br")
        suspend(service)

    def wish_and_work():
        with acting(tenant_id=ours):
            with transaction():
                chance.choice(WISHES)(service)
            with transaction():
                live = ProvisioningRun.objects.filter(service=service, status__in=LIVE)
                assert live.count() <= 1
                run = newest(service)
            advance_run(run_id=run.id, turn=run.turn, clock=HandClock())

    crowd(wish_and_work)

    with acting(tenant_id=ours), transaction():
        run = settle(service, HandClock())
        held = service.holds.exists()
    assert run.is_over
    assert not run.is_stopped
    assert service.status == service.observed == ("suspended" if held else "active")
    assert (service.username in panel.suspended) is held
