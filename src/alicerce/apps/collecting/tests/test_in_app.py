"""Journey 1 of Pix Automático: a payer's bank is asked to show them the authorisation."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.collecting.errors import AlreadyRequested, TooManyBankRequests
from alicerce.apps.collecting.models import Mandate
from alicerce.apps.collecting.services.ask_mandate import ask_mandate
from alicerce.apps.collecting.services.follow_mandate import find_mandates, look_at_mandate
from alicerce.apps.collecting.services.open_mandate import open_mandate
from alicerce.apps.collecting.services.revoke_mandate import revoke_mandate
from alicerce.apps.collecting.tests.conftest import letters
from alicerce.apps.collecting.tests.test_automatic import (
    ROOM,
    STARTED,
    pem,
    psp,
    written,
)
from alicerce.apps.collecting.types import EndedBy, PayerBank
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.kernel.http import Unknown
from alicerce.kernel.testing import run_jobs
from alicerce.vendors.pix.recurring import RequestStatus

__all__ = ["letters", "pem", "psp"]

WEEK = timedelta(days=7)
NUBANK = PayerBank("18236120", "0001", "1234567", STARTED + WEEK)


def ask(customer_id, at):
    bank = replace(NUBANK, until=at + WEEK)
    return ask_mandate(customer_id=customer_id, limit=ROOM, in_app=bank, at=at)


def asked(psp, customer=None):
    """Somebody whose bank is to be told, before any job ran."""
    psp.connect()
    customer = customer or a_customer()
    return ask_mandate(customer_id=customer.id, limit=ROOM, in_app=NUBANK, at=psp.at)


def shown(psp):
    mandate_id = asked(psp)
    run_jobs()
    return Mandate.objects.get(pk=mandate_id)


class TestInApp:
    def test_killed_after_the_bank_was_asked_it_is_asked_once(self, psp):
        psp.faults.arm("execute_then_drop", match="pix.post_solicrec")
        mandate_id = asked(psp)
        with pytest.raises(Unknown):
            open_mandate(mandate_id=mandate_id, at=STARTED)
        assert Mandate.objects.get().status == "asked"

        for _ in range(2):
            open_mandate(mandate_id=mandate_id, at=STARTED)

        mandate = Mandate.objects.get()
        [recurrence] = psp.bank.recurrences(start=STARTED, end=STARTED)
        [request] = psp.bank.requests.of(recurrence["idRec"])
        assert request["destinatario"]["ispbParticipante"] == "18236120"
        assert (mandate.status, mandate.request_id) == ("open", request["idSolicRec"])
        assert (mandate.branch, mandate.number) == ("", "")
        assert written("mandate_requested") == 1
        with pytest.raises(AlreadyRequested):
            ask_mandate(customer_id=mandate.customer_id, limit=ROOM, in_app=NUBANK, at=STARTED)

    @pytest.mark.parametrize("agreed", [True, False])
    def test_notices_in_all_orders_and_twice_say_the_same(self, psp, agreed):
        mandate = shown(psp)
        assert mandate.step == "received"
        name = mandate.external_id
        psp.bank.authorise(name, journey=1) if agreed else psp.bank.reject(name)
        statuses = ("CRIADA", "APROVADA", "REJEITADA")

        for order in permutations(statuses):
            for status in order:
                psp.tell("rec", {"recs": [{"idRec": name, "status": status}]})

        action = "mandate.approved" if agreed else "mandate.declined"
        assert Mandate.objects.get().status == ("approved" if agreed else "rejected")
        assert Entry.objects.filter(action=action).count() == 1
        assert written("mandate_approved") == int(agreed)

    def test_nobody_answers_and_it_ends_here_and_there(self, psp):
        mandate = shown(psp)
        psp.at = STARTED + WEEK + timedelta(minutes=1)
        find_mandates(at=psp.at)
        run_jobs()

        mandate.refresh_from_db()
        assert (mandate.status, mandate.is_unwanted) == ("expired", False)
        assert psp.bank.recurrence(mandate.external_id)["status"] == "CANCELADA"
        again = ask_mandate(
            customer_id=mandate.customer_id,
            limit=ROOM,
            in_app=PayerBank("60701190", "", "99", psp.at + WEEK),
            at=psp.at,
        )
        run_jobs()
        assert Mandate.objects.get(pk=again).status == "open"

    def test_three_in_a_day_are_all_that_a_customers_bank_is_asked(self, psp):
        mandate = shown(psp)
        for _ in range(2):
            psp.bank.reject(mandate.external_id)
            look_at_mandate(mandate_id=mandate.id, at=STARTED)
            mandate = Mandate.objects.get(pk=ask(mandate.customer_id, at=STARTED))
            run_jobs()
            mandate.refresh_from_db()
        psp.bank.reject(mandate.external_id)
        look_at_mandate(mandate_id=mandate.id, at=STARTED)

        with pytest.raises(TooManyBankRequests):
            ask(mandate.customer_id, at=STARTED + timedelta(hours=23))

        assert Mandate.objects.count() == 3
        ask(a_customer().id, at=STARTED)
        ask_mandate(
            customer_id=mandate.customer_id, limit=ROOM, at=STARTED
        )  # a code disturbs nobody
        ask(mandate.customer_id, at=STARTED + timedelta(days=1))

    def test_what_its_payer_agreed_to_is_waited_for_longer(self, psp):
        mandate = shown(psp)
        psp.bank.requests.end(mandate.external_id, RequestStatus.ACCEPTED)
        psp.at = STARTED + WEEK + timedelta(hours=2)

        look_at_mandate(mandate_id=mandate.id, at=psp.at)

        mandate.refresh_from_db()
        assert (mandate.status, mandate.step) == ("open", "accepted")
        psp.bank.authorise(mandate.external_id, journey=1)
        find_mandates(at=mandate.look_at)
        run_jobs()
        assert Mandate.objects.get().status == "approved"

    def test_taken_back_while_the_bank_shows_it_nothing_is_shown(self, psp):
        mandate = shown(psp)
        revoke_mandate(mandate_id=mandate.id, by=EndedBy.COMPANY, at=STARTED)
        run_jobs()
        look_at_mandate(mandate_id=mandate.id, at=STARTED)

        mandate.refresh_from_db()
        [request] = psp.bank.requests.of(mandate.external_id)
        assert (mandate.status, request["status"]) == ("ended", "CANCELADA")
        assert not mandate.is_unwanted
