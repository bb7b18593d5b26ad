"""Journey 1 of Pix Automático: a payer's bank is asked to show them the authorisation."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.billing.models import Charge
from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.apps.collecting.errors import AlreadyRequested, AskedTooOften, LimitTooLow
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
from alicerce.apps.collecting.types import EndedBy, MandateLimit, PayerBank
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.kernel.http import Unknown
from alicerce.kernel.money import Money
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
    def test_its_notices_from_last_to_first_and_twice_say_the_same(
        self, psp, agreed, monkeypatch
    ):
        told = []
        monkeypatch.setattr(psp.provider, "post", lambda *said: told.append(said))
        mandate = shown(psp)
        assert mandate.step == "received"
        name = mandate.external_id
        psp.bank.authorise(name, journey=1) if agreed else psp.bank.reject(name)
        about = [body["recs"][0] for _hook, _path, body in told]
        requests = [one["solicitacao"][0]["status"] for one in about if "solicitacao" in one]
        assert requests == ["CRIADA", "RECEBIDA", "ACEITA" if agreed else "REJEITADA"]

        for _hook, path, body in [*reversed(told), *told]:
            psp.tell(path, body)

        action = "mandate.approved" if agreed else "mandate.declined"
        assert Mandate.objects.get().status == ("approved" if agreed else "rejected")
        assert Entry.objects.filter(action=action).count() == 1
        assert written("mandate_approved") == int(agreed)
        assert written("mandate_refused") == int(not agreed)

    def test_nobody_answers_and_it_ends_here_and_there(self, psp):
        mandate = shown(psp)
        for hours in (1, 6 * 24 - 1, 6 * 24 + 1, 7 * 24 - 1):
            psp.at = STARTED + timedelta(hours=hours)
            look_at_mandate(mandate_id=mandate.id, at=psp.at)
            assert written("mandate_reminder") == int(hours > 6 * 24)
        psp.at = STARTED + WEEK + timedelta(minutes=1)
        for _ in range(2):
            find_mandates(at=psp.at)
            run_jobs()

        mandate.refresh_from_db()
        assert (written("mandate_expired"), written("mandate_refused")) == (1, 0)
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

    def test_is_asked_three_times_a_day_and_not_for_less_than_its_invoice(self, psp):
        invoice = an_invoice(Money(10001))
        psp.connect()
        ask = {"customer_id": invoice.customer_id, "in_app": NUBANK, "at": psp.at}
        with pytest.raises(LimitTooLow):
            ask_mandate(limit=ROOM, invoice_id=invoice.id, **ask)
        for _ in range(3):
            mandate_id = ask_mandate(
                limit=MandateLimit(most_cents=10001), invoice_id=invoice.id, **ask
            )
            revoke_mandate(mandate_id=mandate_id, by=EndedBy.CUSTOMER, at=psp.at)
        assert Charge.objects.count() == 0  # its bank shows no code that pays
        with pytest.raises(AskedTooOften):
            ask_mandate(limit=ROOM, **ask)
        psp.at = STARTED + timedelta(days=1, minutes=1)
        assert ask_mandate(limit=ROOM, **ask | {"at": psp.at})

    def test_taken_back_while_the_bank_shows_it_nothing_is_shown(self, psp):
        mandate = shown(psp)
        revoke_mandate(mandate_id=mandate.id, by=EndedBy.COMPANY, at=STARTED)
        run_jobs()
        look_at_mandate(mandate_id=mandate.id, at=STARTED)

        mandate.refresh_from_db()
        [request] = psp.bank.requests.of(mandate.external_id)
        assert (mandate.status, request["status"]) == ("ended", "CANCELADA")
        assert not mandate.is_unwanted
