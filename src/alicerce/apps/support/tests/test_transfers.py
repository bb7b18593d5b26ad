"""A migration that waits for a person has a ticket; one that is over needs nobody."""

import pytest

from alicerce.apps.hosting.ports import panels
from alicerce.apps.hosting.tests.doubles import LettersInMemory, PanelInMemory
from alicerce.apps.notify.ports import mailers
from alicerce.apps.support.models import Ticket
from alicerce.apps.support.services.report_trouble import report_ready_transfer
from alicerce.apps.support.types import Priority, TicketStatus
from alicerce.apps.transfers.events import TransferReady
from alicerce.apps.transfers.ports import SourceRefusal, movers
from alicerce.apps.transfers.services.move_transfer import (
    cancel_transfer,
    finish_moving,
    start_moving,
)
from alicerce.apps.transfers.tests.doubles import MoverInMemory
from alicerce.apps.transfers.tests.factories import NOON, a_transfer, an_active_service
from alicerce.apps.transfers.types import Code
from alicerce.kernel.http import Unknown
from alicerce.kernel.testing import run_jobs


@pytest.fixture
def mover(monkeypatch):
    mover = MoverInMemory()
    monkeypatch.setitem(movers, "whm", mover)
    monkeypatch.setitem(mailers, "smtp", LettersInMemory())
    return mover


@pytest.fixture
def transfer(tenant, monkeypatch, mover):
    panel = PanelInMemory()
    monkeypatch.setitem(panels, "whm", lambda access: panel)
    service = an_active_service()
    panel.accounts[service.username] = service.domain
    return a_transfer(service)


def test_ready_opens_one_that_says_what_to_move(transfer):
    run_jobs()

    ticket = Ticket.objects.get()
    assert ticket.subject == "Migração de padaria.com.br pronta para mover"
    assert (ticket.entity, ticket.entity_id) == ("transfer", transfer.id)
    assert ticket.customer_id == transfer.customer_id


def test_blocked_opens_none(transfer, mover):
    mover.troubles = [SourceRefusal(Code.DENIED, "Access denied")]
    run_jobs()

    assert not Ticket.objects.exists()


def test_failed_opens_one_and_not_another_for_its_dead_job(transfer, mover):
    mover.troubles = [Unknown("hung")] * 50
    run_jobs(include_delayed=True, raise_failures=False)

    ticket = Ticket.objects.get()
    assert ticket.subject == "Migração de padaria.com.br falhou"
    assert ticket.priority == Priority.HIGH


def finish(transfer):
    start_moving(transfer_id=transfer.id, note="", at=NOON)
    finish_moving(transfer_id=transfer.id, note="", at=NOON)


def cancel(transfer):
    cancel_transfer(transfer_id=transfer.id, at=NOON)


@pytest.mark.parametrize("end", [finish, cancel])
def test_the_end_resolves_it(transfer, end):
    run_jobs()

    end(transfer)
    run_jobs()

    assert Ticket.objects.get().status == TicketStatus.RESOLVED


def test_ready_that_is_heard_after_the_end_opens_none(transfer):
    cancel(transfer)
    told = TransferReady(
        at=NOON,
        transfer_id=transfer.id,
        service_id=transfer.service_id,
        customer_id=transfer.customer_id,
        examination=1,
    )

    assert report_ready_transfer(ready=told, at=NOON) is None
    assert not Ticket.objects.exists()
