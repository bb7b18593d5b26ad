"""A ticket is answered, taken, resolved and reopened: each once, each told."""

import json
from datetime import timedelta

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.hosting.events import ServiceActivated
from alicerce.apps.notify.models import Message
from alicerce.apps.support.errors import NobodyToAnswer
from alicerce.apps.support.jobs import settle_tickets_of_activation
from alicerce.apps.support.models import Ticket, TicketMessage
from alicerce.apps.support.queries import (
    open_tickets_about,
    open_tickets_everywhere,
    resolved_tickets_everywhere,
)
from alicerce.apps.support.services.move_ticket import (
    RUN,
    assign_ticket,
    reopen_ticket,
    resolve_ticket,
)
from alicerce.apps.support.services.write_in_ticket import note_in_ticket, reply_to_ticket
from alicerce.apps.support.tests.factories import NOON, a_ticket
from alicerce.kernel.context import acting
from alicerce.kernel.crypto import reveal
from alicerce.kernel.ids import uuid7

LATER = NOON + timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("tenant")


def thread(ticket):
    return list(ticket.messages.order_by("id").values_list("kind", flat=True))


def trail(ticket):
    entries = Entry.objects.filter(entity="ticket", entity_id=ticket.id).order_by("id")
    return list(entries.values_list("action", flat=True))


@pytest.fixture
def ticket():
    return a_ticket(customer_id=a_customer().id)


class TestReply:
    def test_reaches_the_customer_once_per_key(self, ticket, published):
        for _ in range(2):
            reply_to_ticket(ticket_id=ticket.id, body="Resolvido.", key="k1", at=LATER)

        letter = Message.objects.get(template="ticket_reply")
        assert json.loads(reveal(letter, "values"))["body"] == "Resolvido."
        assert thread(ticket) == ["opening", "reply"]
        assert [e.name for e in published].count("ticket.replied") == 1

    def test_leaves_no_words_in_the_trail(self, ticket):
        reply_to_ticket(ticket_id=ticket.id, body="Segredo da Renata", key="k1", at=LATER)

        entry = Entry.objects.get(action="ticket.replied")
        assert entry.after == {"message": str(TicketMessage.objects.get(kind="reply").id)}

    def test_is_refused_where_there_is_no_customer(self):
        with pytest.raises(NobodyToAnswer):
            reply_to_ticket(ticket_id=a_ticket().id, body="Olá", key="k1", at=LATER)


class TestNote:
    def test_is_for_the_team_alone(self, ticket, published):
        for _ in range(2):
            note_in_ticket(ticket_id=ticket.id, body="Ligar amanhã.", key="k1", at=LATER)

        assert thread(ticket) == ["opening", "note"]
        assert not Message.objects.exists()
        assert "ticket.replied" not in [e.name for e in published]
        assert trail(ticket) == ["ticket.opened", "ticket.noted"]

    def test_names_its_author(self, ticket):
        person = uuid7()
        with acting(tenant_id=ticket.tenant_id, actor=f"user:{person}"):
            note_in_ticket(ticket_id=ticket.id, body="Nota", key="k1", at=LATER)

        assert TicketMessage.objects.get(kind="note").author == f"user:{person}"


class TestAssign:
    def test_makes_it_somebodys_and_can_change_hands(self, ticket):
        first, second = uuid7(), uuid7()
        for person in (first, first, second):
            assign_ticket(ticket_id=ticket.id, user_id=person, at=LATER)

        assert open_tickets_everywhere(assignee_id=first) == []
        assert [row.id for row in open_tickets_everywhere(assignee_id=second)] == [ticket.id]
        assert trail(ticket) == ["ticket.opened", "ticket.assigned", "ticket.assigned"]


class TestResolve:
    def test_takes_it_off_the_list_once(self, ticket, published):
        for _ in range(2):
            resolve_ticket(ticket_id=ticket.id, at=LATER)

        ticket.refresh_from_db()
        assert (ticket.status, ticket.resolved_at) == ("resolved", LATER)
        assert open_tickets_everywhere() == []
        assert [row.id for row in resolved_tickets_everywhere()] == [ticket.id]
        assert [e.name for e in published].count("ticket.resolved") == 1

    def test_can_be_taken_back_once(self, ticket, published):
        resolve_ticket(ticket_id=ticket.id, at=LATER)
        for _ in range(2):
            reopen_ticket(ticket_id=ticket.id, at=LATER)

        ticket.refresh_from_db()
        assert (ticket.status, ticket.resolved_at) == ("open", None)
        assert thread(ticket) == ["opening", "resolved", "reopened"]
        assert [e.name for e in published].count("ticket.reopened") == 1

    def test_finds_nothing_of_the_neighbour(self, ticket, other_tenant):
        with other_tenant, pytest.raises(Ticket.DoesNotExist):
            resolve_ticket(ticket_id=ticket.id, at=LATER)


class TestAnActivationThatEndsWell:
    @pytest.fixture
    def run_id(self):
        return uuid7()

    @pytest.fixture
    def stuck(self, run_id):
        return a_ticket(entity=RUN, entity_id=run_id)

    @pytest.fixture
    def end_well(self, run_id):
        def happen():
            settle_tickets_of_activation(
                ServiceActivated(
                    at=LATER,
                    service_id=uuid7(),
                    customer_id=uuid7(),
                    line_id=uuid7(),
                    run_id=run_id,
                )
            )

        return happen

    def test_resolves_its_tickets_once(self, stuck, end_well, published):
        another = a_ticket(entity=RUN, entity_id=uuid7())

        for _ in range(2):
            end_well()

        stuck.refresh_from_db()
        assert stuck.status == "resolved"
        assert thread(stuck) == ["opening", "activated"]
        assert [row.id for row in open_tickets_everywhere()] == [another.id]
        assert [e.name for e in published].count("ticket.resolved") == 1

    def test_does_not_overrule_who_reopens_one(self, stuck, end_well):
        end_well()
        reopen_ticket(ticket_id=stuck.id, at=LATER)

        end_well()

        stuck.refresh_from_db()
        assert stuck.status == "open"

    def test_is_told_in_one_that_was_resolved_by_hand(self, stuck, end_well, published):
        resolve_ticket(ticket_id=stuck.id, at=LATER)

        end_well()

        assert thread(stuck) == ["opening", "resolved", "activated"]
        assert [e.name for e in published].count("ticket.resolved") == 1


class TestAbout:
    def test_finds_the_open_ones_of_these_things(self, other_tenant):
        thing = uuid7()
        mine = a_ticket(entity=RUN, entity_id=thing)
        resolve_ticket(ticket_id=a_ticket(entity=RUN, entity_id=thing).id, at=LATER)
        with other_tenant:
            a_ticket(entity=RUN, entity_id=thing)

        assert [row.id for row in open_tickets_about([thing, uuid7()])] == [mine.id]
