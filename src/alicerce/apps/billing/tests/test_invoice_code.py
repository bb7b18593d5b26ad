"""An invoice has one name: on pages, in letters, in the trail and at the providers."""

import json

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Charge, Invoice
from alicerce.apps.billing.services.providers import order_of
from alicerce.apps.billing.services.write_letters import thank_customer
from alicerce.apps.billing.tests.factories import NOON, an_account, an_invoice
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.billing.web.components import invoice_name
from alicerce.apps.notify.models import Message
from alicerce.kernel.crypto import reveal


@pytest.fixture
def invoice(tenant, provider) -> Invoice:
    """The second of its series."""
    an_account()
    an_invoice()
    return an_invoice()


class TestCode:
    def test_is_series_and_number_in_one_word(self, invoice):
        assert invoice.code == "A2"
        assert invoice_name(invoice.summary()) == "Fatura nº A2"

    def test_is_what_the_letter_says(self, invoice):
        thank_customer(invoice_id=invoice.id, at=NOON)

        letter = Message.objects.get(template="invoice_paid")
        assert json.loads(reveal(letter, "values"))["number"] == "A2"

    def test_is_what_the_trail_says(self, invoice):
        entry = Entry.objects.get(action="invoice.issued", entity_id=invoice.id)

        assert entry.after["number"] == "A2"

    def test_is_what_payers_read_at_the_provider(self, invoice):
        charge_id = billing.begin_charge(
            invoice_id=invoice.id, method=PaymentMethod.PIX, return_url="", at=NOON
        )

        order = order_of(charge=Charge.objects.get(pk=charge_id), invoice=invoice)

        assert order.description.endswith("Fatura nº A2")
