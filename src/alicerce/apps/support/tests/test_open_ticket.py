"""One ticket for one matter, and what goes wrong elsewhere becomes one."""

from datetime import UTC, datetime

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.hosting.events import ProvisioningFailed, ProvisioningNeedsHuman, RunStepDue
from alicerce.apps.support.models import Ticket, TicketMessage
from alicerce.apps.support.public import (
    latest_tickets,
    open_ticket,
    open_tickets_everywhere,
    ticket_view,
)
from alicerce.kernel.brazil import normalize_domain
from alicerce.kernel.db import transaction
from alicerce.kernel.events import JobDied, publish
from alicerce.kernel.ids import uuid7
from alicerce.kernel.testing import run_jobs

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("tenant")


def a_ticket(key="assunto-1", **given):
    return open_ticket(subject="Assunto", body="Detalhes", key=key, at=NOON, **given)


def a_failure(kind=ProvisioningFailed, **given):
    facts = {
        "at": NOON,
        "run_id": uuid7(),
        "service_id": uuid7(),
        "customer_id": a_customer().id,
        "reason": "O servidor não respondeu.",
        "domain": normalize_domain("pãodária.com.br"),
    }
    return kind(**{**facts, **given})


def tell(*events):
    with transaction():
        for event in events:
            publish(event)
    run_jobs()


class TestOpenTicket:
    def test_opens_once_for_a_key(self, published):
        assert a_ticket() == a_ticket()

        assert TicketMessage.objects.count() == 1
        assert [e.name for e in published].count("ticket.opened") == 1
        assert Entry.objects.filter(action="ticket.opened").count() == 1

    def test_numbers_each_tenants_tickets_without_gaps(self, other_tenant):
        for n in range(3):
            a_ticket(f"assunto-{n}")
        with other_tenant:
            theirs = a_ticket()
            assert Ticket.objects.get(pk=theirs).number == 1

        assert [row.number for row in latest_tickets()] == [3, 2, 1]

    def test_is_unseen_by_the_neighbour_but_not_by_operators(self, other_tenant):
        mine = a_ticket()

        with other_tenant:
            assert ticket_view(mine) is None
        assert [row.id for row in open_tickets_everywhere()] == [mine]
        assert ticket_view(mine).messages[0].body == "Detalhes"


class TestTrouble:
    def test_of_a_run_becomes_one_ticket(self):
        failure = a_failure()

        tell(failure, failure)

        ticket = Ticket.objects.get()
        assert ticket.priority == "high"
        assert ticket.entity_id == failure.run_id
        assert "pãodária.com.br" in ticket.subject

    def test_of_another_round_becomes_another(self):
        failure = a_failure()

        tell(failure, failure.model_copy(update={"round": 2}))

        assert Ticket.objects.count() == 2

    def test_that_needs_a_person_is_urgent(self):
        tell(a_failure(ProvisioningNeedsHuman))

        assert Ticket.objects.get().priority == "urgent"

    def test_of_a_dead_job_becomes_a_ticket_unless_its_run_tells(self):
        facts = {"at": NOON, "job": "x.y", "payload": "{}", "error": "defeito", "attempts": 9}

        tell(JobDied(event="order.placed", **facts), JobDied(event=RunStepDue.name, **facts))

        message = TicketMessage.objects.get()
        assert message.detail == "x.y: defeito"
        assert "defeito" not in message.body
        assert "9 tentativas" in message.body
