"""A run that stops for good is one ticket, by the queue alone."""

import pytest

from alicerce.apps.dns.ports import dns_hosts
from alicerce.apps.dns.tests.doubles import ZonesInMemory
from alicerce.apps.hosting.events import ProvisioningFailed
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
from alicerce.apps.support.services.report_trouble import report_failed_provisioning
from alicerce.kernel.http import Unavailable
from alicerce.kernel.testing import run_jobs


@pytest.fixture
def panel():
    return PanelInMemory()


@pytest.fixture
def stopped(tenant, panel, monkeypatch):
    """A panel that never answers, and a run that tried to the end."""
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

    def test_that_goes_on_to_the_end_resolves_its_ticket(self, stopped, panel):
        run_jobs()
        panel.before.clear()
        clock = HandClock()

        retry_run(run_id=stopped.id, at=clock())
        drive(stopped, clock)
        run_jobs()

        ticket = Ticket.objects.get()
        assert ticket.status == "resolved"
        assert list(ticket.messages.values_list("kind", flat=True)) == ["opening", "activated"]

    def test_is_settled_even_when_it_is_told_after_the_end(self, stopped, panel):
        panel.before.clear()
        clock = HandClock()

        retry_run(run_id=stopped.id, at=clock())
        drive(stopped, clock)
        report_failed_provisioning(
            failure=ProvisioningFailed(
                at=clock(),
                run_id=stopped.id,
                service_id=stopped.service_id,
                customer_id=stopped.service.customer_id,
                reason="Parou.",
            ),
            at=clock(),
        )

        assert Ticket.objects.get().status == "resolved"
