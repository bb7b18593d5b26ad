"""A kept card and an authorisation of one customer: what was chosen pays, and never both at once."""

from datetime import date

import pytest
from django.test import Client

from alicerce.apps.billing.models import Charge, GatewayAccount
from alicerce.apps.billing.tests.conftest import letters
from alicerce.apps.billing.tests.factories import an_account
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.collecting.models import Attempt, Card, Collection, Debit, Payer
from alicerce.apps.collecting.services.begin_attempt import begin_attempt
from alicerce.apps.collecting.services.carry_out import carry_out
from alicerce.apps.collecting.services.choose import choose_way
from alicerce.apps.collecting.services.keep_cards import take_over
from alicerce.apps.collecting.services.plan_debit import plan_debit
from alicerce.apps.collecting.services.run_debits import schedule_debit
from alicerce.apps.collecting.tests.test_automatic import (
    DUE,
    STARTED,
    authorised,
    owed,
    pem,
    psp,
    scheduled,
)
from alicerce.apps.collecting.types import KeptCard, Trigger, Way
from alicerce.kernel.http import Unavailable, Unknown
from alicerce.kernel.testing import run_jobs

__all__ = ["letters", "pem", "psp"]


def a_kept_card(customer_id, account=None):
    """Nobody calls its provider here: what a card does is for `test_attempts.py`."""
    account = account or GatewayAccount.objects.get()
    payer = Payer.objects.create(customer_id=customer_id, account=account, external_id="cus_1")
    told = KeptCard("pm_1", "visa", "4242", 12, 2030)
    take_over(payer_id=payer.id, told=[told], at=STARTED)
    return Card.objects.select_related("payer").get(payer=payer)


class TestCardOrBank:
    def test_the_one_that_was_chosen_pays_and_the_other_waits(self, psp):
        mandate = authorised(psp)
        a_kept_card(mandate.customer_id)
        first = owed(mandate)
        run_jobs()
        debit = Debit.objects.get()
        assert debit.status == "planned"
        assert not Collection.objects.exists(), "who never chose has their bank asked"
        page = Client().get(f"/fatura/{first.token}/").text
        assert "O banco debita em" in page
        assert "Se o banco não debitar, cobramos o Visa •••• 4242." in page

        choose_way(customer_id=mandate.customer_id, way=Way.CARD, at=psp.at)
        run_jobs()

        debit.refresh_from_db()
        assert (debit.status, debit.reason) == ("dropped", "card_chosen")
        assert Collection.objects.get().next_at.date() == DUE
        assert "Cobramos o Visa •••• 4242" in Client().get(f"/fatura/{first.token}/").text
        second = owed(mandate, due_on=date(2027, 1, 12))
        assert not plan_debit(invoice_id=second.id, at=psp.at)

        choose_way(customer_id=mandate.customer_id, way=Way.BANK, at=psp.at)
        run_jobs()

        assert Debit.objects.filter(status="planned").count() == 2
        assert not Collection.objects.filter(next_at__isnull=False).exists()

    def test_paying_by_card_tells_the_bank_off_first_unless_it_is_at_it(self, psp):
        invoice, debit = scheduled(psp)
        card = a_kept_card(invoice.customer_id, an_account(GatewayKind.STRIPE, at=STARTED))
        psp.faults.arm("execute_then_drop", match="pix.get_cobr", times=20)
        psp.faults.arm("execute_then_drop", match="pix.patch_cobr", times=20)
        attempt_id = begin_attempt(
            invoice_id=invoice.id, trigger=Trigger.CLIENT_RETRY, at=psp.at
        )
        with pytest.raises((Unavailable, Unknown)):
            carry_out(attempt_id=attempt_id, at=psp.at)
        assert Attempt.objects.get().status == "begun", "nobody knows: no card is charged yet"
        psp.faults.disarm()

        carry_out(attempt_id=attempt_id, at=psp.at)

        assert psp.bank.debits()[0]["status"] == "CANCELADA"
        assert Attempt.objects.get().status == "charging"
        live = Charge.objects.live().exclude(mandate_reference="", card_reference="")
        assert [one.card_reference for one in live] == [card.external_id]
        assert not schedule_debit(debit_id=debit.id, at=psp.at)
