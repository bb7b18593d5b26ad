"""Several issuers of one company: each with its own series, without gaps, however many ask at once."""

from contextlib import suppress
from datetime import timedelta

import pytest

from alicerce.apps.billing.errors import (
    IssuerInUse,
    IssuerIsDefault,
    IssuerNotSound,
    SeriesTaken,
)
from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.queries.issuers import issuer_of_invoice, issuers, standings
from alicerce.apps.billing.queries.sheets import credit_note_sheet, invoice_sheet
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.keep_issuers import (
    add_issuer,
    begin_series,
    change_issuer,
    choose_issuer,
    make_default,
    retire_issuer,
)
from alicerce.apps.billing.services.open_invoice import open_invoices
from alicerce.apps.billing.tests.factories import NOON, an_invoice
from alicerce.apps.billing.tests.test_races import company, crowd, looking
from alicerce.apps.billing.types import NewInvoice, NewLine
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.billing.types.issuers import IssuerForm
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money

__all__ = ["company"]
SOUTH = IssuerForm(
    "Nuvem Sul Hospedagem Ltda", "11.222.333/0001-81", "987", "Rua A, 1", "Curitiba"
)


def another(**given):
    return add_issuer(**{"form": SOUTH, "series": "SUL", "at": NOON, **given})


def codes(customer_id, times=1):
    return [an_invoice(customer_id=customer_id).code for _ in range(times)]


class TestIssuers:
    def test_number_their_own_series_whoever_bills_a_customer_meanwhile(self, tenant):
        """NUM-001: ten invoices by one, then the customer changes issuer and comes back."""
        other, customer = another(first_number=10), a_customer()
        choose_issuer(customer_id=customer.id, issuer_id=other, at=NOON)
        before = codes(customer.id)
        choose_issuer(customer_id=customer.id, issuer_id=tenant.id, at=NOON)
        elsewhere = codes(customer.id, 2)
        choose_issuer(customer_id=customer.id, issuer_id=other, at=NOON)
        with suppress(RuntimeError), transaction():
            an_invoice(customer_id=customer.id)
            raise RuntimeError

        assert before == ["SUL10"]
        assert elsewhere == ["A1", "A2"]
        assert codes(customer.id, 2) == ["SUL11", "SUL12"], "and none is lost on what failed"

    def test_stay_on_what_they_issued(self, tenant):
        other = another()
        make_default(issuer_id=other, at=NOON)
        invoice = an_invoice()
        make_default(issuer_id=tenant.id, at=NOON)
        retire_issuer(issuer_id=other, at=NOON)
        note_id = credit_invoice(
            invoice_id=invoice.id, wanted=[Credited(990)], reason="", at=NOON
        )

        assert issuer_of_invoice(invoice.id).id == other
        for found in (invoice_sheet(invoice.id, at=NOON), credit_note_sheet(note_id)):
            assert found.sheet.foot == "Nuvem Sul Hospedagem Ltda · 11.222.333/0001-81"
            assert "Curitiba" in found.sheet.parties[0].lines
        assert an_invoice().series == "A"

    def test_are_chosen_before_the_default_and_only_while_they_stand(self, tenant):
        south, north = another(), another(series="NORT")
        customer = a_customer()
        choose_issuer(customer_id=customer.id, issuer_id=north, at=NOON)
        make_default(issuer_id=south, at=NOON)

        assert codes(customer.id) == ["NORT1"]
        assert an_invoice().code == "SUL1"
        retire_issuer(issuer_id=north, at=NOON)
        assert codes(customer.id) == ["SUL2"]
        with pytest.raises(IssuerIsDefault):
            retire_issuer(issuer_id=south, at=NOON)
        with pytest.raises(IssuerNotSound):
            choose_issuer(customer_id=customer.id, issuer_id=north, at=NOON)

    def test_keep_what_is_on_an_invoice(self, tenant):
        other = another()
        assert begin_series(issuer_id=other, number=501, at=NOON)
        with pytest.raises(IssuerInUse):
            begin_series(issuer_id=other, number=502, at=NOON)
        make_default(issuer_id=other, at=NOON)
        assert an_invoice().code == "SUL501"
        renamed = IssuerForm("Nuvem Sul S.A.", SOUTH.document)
        assert change_issuer(issuer_id=other, form=renamed, at=NOON)
        with pytest.raises(IssuerInUse):
            change_issuer(issuer_id=other, form=IssuerForm("Outra", "12345678000195"), at=NOON)
        for series in ("SUL", "A", "NC", "W"):
            with pytest.raises(SeriesTaken):
                another(series=series)
        with pytest.raises(IssuerNotSound):
            another(series="S1")

    def test_belong_to_one_company(self, tenant, other_tenant):
        another()
        with other_tenant:
            assert [one.series for one in issuers()] == ["A"]


def test_forty_runs_at_once_over_two_issuers_leave_no_gap(company):
    """Each run bills a customer of either, in either order: nobody waits in a circle."""

    def prepared():
        other = another()
        mine, theirs = a_customer().id, a_customer().id
        choose_issuer(customer_id=theirs, issuer_id=other, at=NOON)
        return mine, theirs

    pair = looking(prepared)

    def run(turn):
        drafts = [
            NewInvoice(
                one, [NewLine("Hospedagem", 1, Money(100))], (NOON + timedelta(3)).date()
            )
            for one in (pair if turn % 2 else pair[::-1])
        ]
        return open_invoices(drafts=drafts, at=NOON)

    crowd(company, run, times=40)

    with transaction():
        for series in ("A", "SUL"):
            numbers = Invoice.objects.filter(series=series).values_list("number", flat=True)
            assert sorted(numbers) == list(range(1, 41))
        assert [one.next_number for one in standings()] == [41, 41]
