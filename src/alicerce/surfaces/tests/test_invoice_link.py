"""How long the link of an invoice leads to that invoice."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money


class TestInvoiceLink:
    """Old letters lie in mailboxes that others inherit (PAY-22)."""

    @pytest.mark.parametrize("end", ["paid", "void"])
    def test_of_a_settled_invoice_ends_and_says_nothing_of_it(
        self, site, renata, stranger, end
    ):
        fresh, invoice = (_settled(renata, end, days=days) for days in (89, 90))
        link = reverse("site:invoice", args=[invoice.token])
        paper = reverse("site:invoice_pdf", args=[invoice.token])
        assert "1.234,56" in stranger.get(reverse("site:invoice", args=[fresh.token])).text

        for ended in (
            stranger.get(link),
            stranger.post(reverse("site:invoice_payment", args=[invoice.token])),
            stranger.get(paper, follow=True),
            stranger.get(reverse("site:invoice_receipt", args=[invoice.token]), follow=True),
            stranger.get(reverse("site:automatic", args=[invoice.token]), follow=True),
            stranger.get(reverse("site:automatic_bank", args=[invoice.token]), follow=True),
        ):
            assert ended.status_code == 410
            assert "não vale mais" in ended.text
            assert "peça uma cópia a" in ended.text
            assert not any(words in ended.text for words in ("1.234,56", "Renata", "Pix"))

    def test_of_what_can_be_paid_stays(self, site, renata, stranger):
        old = now() - timedelta(days=900)
        invoice = an_invoice(Money(4990), customer_id=renata.id, at=old)
        invoice.write_off(at=old)

        assert stranger.get(reverse("site:invoice", args=[invoice.token])).status_code == 200


def _settled(customer, end, *, days):
    at = now() - timedelta(days=days)
    invoice = an_invoice(Money(123456), customer_id=customer.id, at=at - timedelta(days=5))
    if end == "paid":
        invoice.receive(123456, at=at)
    else:
        invoice.void(at=at)
    return invoice
