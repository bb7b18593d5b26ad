"""A run that stops for good is one ticket, by the queue alone."""

import pytest

from alicerce.apps.dns.ports import dns_hosts
from alicerce.apps.dns.tests.doubles import ZonesInMemory
from alicerce.apps.hosting.ports import panels
from alicerce.apps.hosting.services.retry_run import retry_run
from alicerce.apps.hosting.tests.doubles import (
    HandClock,
    LettersInMemory,
    PanelInMemory,
    drive,
)
from alicerce.apps.hosting.tests.factories import a_server, a_service, run_of
from alicerce.apps.notify.ports import mailers
from alicerce.apps.support.models import Ticket
from alicerce.kernel.http import Unavailable
from alicerce.kernel.testing import run_jobs


@pytest.fixture
def stopped(tenant, monkeypatch):
    """A panel that never answers, and a run that tried to the end."""
    panel = PanelInMemory()
    panel.before["account"] = [Unavailable("fora do ar") for _ in range(100)]
    monkeypatch.setitem(panels, "whm", lambda access: panel)
    monkeypatch.setitem(dns_hosts, "whm", lambda reference: ZonesInMemory())
    monkeypatch.setitem(mailers, "smtp", LettersInMemory())
    a_server()
    return drive(run_of(a_service()), HandClock())


class TestStoppedRun:
    def test_is_one_ticket(self, stopped):
        for _ in range(2):
            run_jobs()

        ticket = Ticket.objects.get()
        assert (ticket.entity, ticket.entity_id) == ("provisioning_run", stopped.id)
        assert ticket.customer_id == stopped.service.customer_id

    def test_that_stops_again_after_a_retry_is_another(self, stopped):
        run_jobs()
        clock = HandClock()

        retry_run(run_id=stopped.id, at=clock())
        drive(stopped, clock)
        run_jobs()

        assert Ticket.objects.count() == 2
