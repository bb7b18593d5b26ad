"""A debit that no bank says anything of is a difference, until one does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from alicerce.apps.billing.errors import BeingDebited
from alicerce.apps.billing.models import Charge, Invoice
from alicerce.apps.billing.services.begin_charge import begin_charge
from alicerce.apps.billing.services.expire_charges import expire_charges
from alicerce.apps.billing.tests.conftest import letters
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.collecting.errors import NoCardToCharge
from alicerce.apps.collecting.models import Debit
from alicerce.apps.collecting.public import debited_until
from alicerce.apps.collecting.services.begin_attempt import begin_attempt
from alicerce.apps.collecting.services.collect import begin_collection
from alicerce.apps.collecting.services.run_debits import look_at_debit
from alicerce.apps.collecting.tests.test_automatic import pem, psp, scheduled
from alicerce.apps.collecting.tests.test_ways import a_kept_card
from alicerce.apps.collecting.types import Trigger
from alicerce.apps.reconciliation.models import Difference
from alicerce.kernel.http import Unavailable, Unknown
from alicerce.kernel.testing import run_jobs

__all__ = ["letters", "pem", "psp"]


class TestSilence:
    def test_a_bank_that_never_answers_holds_nobody_up_and_is_no_reason_to_charge_twice(
        self, psp, published
    ):
        invoice, debit = scheduled(psp)
        card = a_kept_card(invoice.customer_id)
        txid = Charge.objects.get().external_id
        psp.faults.arm("execute_then_drop", match="pix.get_cobr", times=20)
        with pytest.raises((Unavailable, Unknown)):
            look_at_debit(debit_id=debit.id, at=datetime(2026, 12, 18, 12, tzinfo=UTC))
        assert debited_until(invoice.id, at=psp.at), "there is time yet"

        psp.at = datetime(2026, 12, 19, 2, tzinfo=UTC)
        for _ in range(2):
            with pytest.raises((Unavailable, Unknown)):
                look_at_debit(debit_id=debit.id, at=psp.at)
        expire_charges(at=psp.at + timedelta(days=30))

        assert [fact.name for fact in published].count("debit.unanswered") == 1
        assert debited_until(invoice.id, at=psp.at) is None, "the ladder goes on"
        run_jobs()
        assert "ainda não disse" in Client().get(f"/fatura/{invoice.token}/").text
        difference = Difference.objects.get()
        assert (difference.kind, difference.here_cents) == ("debit_unanswered", 4990)
        assert not begin_collection(invoice_id=invoice.id, at=psp.at)
        with pytest.raises(BeingDebited):
            begin_charge(
                invoice_id=invoice.id,
                method=PaymentMethod.CARD,
                return_url="",
                at=psp.at,
                card=card.use,
            )
        with pytest.raises(NoCardToCharge):
            begin_attempt(invoice_id=invoice.id, trigger=Trigger.DUNNING, at=psp.at)

        psp.faults.disarm()
        psp.bank.settle(txid)
        look_at_debit(debit_id=debit.id, at=psp.at)
        run_jobs()

        assert Invoice.objects.get(pk=invoice.id).status == "paid"
        assert Difference.objects.get().state == "resolved"
        assert Debit.objects.get().status == "paid"
