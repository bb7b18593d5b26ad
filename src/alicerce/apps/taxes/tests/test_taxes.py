"""Taxes are dated, narrowed and never rewritten."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.taxes import public as taxes
from alicerce.apps.taxes.errors import BadPlace, BadServiceCode, TaxEnded, TaxNotSound
from alicerce.apps.taxes.models import TaxRate
from alicerce.apps.taxes.services import (
    add_tax,
    end_exemption,
    end_tax,
    exempt_customer,
    name_service,
    place_customer,
)
from alicerce.apps.taxes.tests.factories import NOON, a_spec, a_tax
from alicerce.apps.taxes.types import Payer, PlaceCard, PlanCodes, TaxKind, Withholding

FIRST = date(2026, 9, 1)
DAY = timedelta(days=1)


def levied(customer, *, price=None, on=FIRST):
    book = taxes.tax_book([customer.id], [price.id] if price else [], on=on)
    code = book.service_code(price.id) if price else ""
    found = taxes.levies(
        book.cards, book.payers.get(customer.id, Payer()), service_code=code, on=on
    )
    return [(levy.name, levy.is_withheld) for levy in found]


class TestTax:
    def test_is_never_rewritten(self, tenant):
        tax = a_tax()

        for change in ({"rate_ppm": 20_000}, {"name": "Outro"}, {"starts_on": FIRST + DAY}):
            with pytest.raises(IntegrityError), transaction.atomic():
                TaxRate.objects.filter(pk=tax.id).update(**change)
        end_tax(tax_id=tax.id, ends_on=FIRST + DAY, at=NOON)
        with pytest.raises(IntegrityError), transaction.atomic():
            TaxRate.objects.filter(pk=tax.id).update(ends_on=None)

    def test_begins_and_ends_on_days_that_are_not_over(self, tenant):
        for wrong in ({"starts_on": FIRST - DAY}, {"rate_ppm": 0}, {"city_code": "9950308"}):
            with pytest.raises(TaxNotSound):
                add_tax(spec=a_spec(**wrong), at=NOON)
        tax = a_tax()
        with pytest.raises(TaxNotSound):
            end_tax(tax_id=tax.id, ends_on=FIRST - 2 * DAY, at=NOON)
        end_tax(tax_id=tax.id, ends_on=FIRST, at=NOON)
        with pytest.raises(TaxEnded):
            end_tax(tax_id=tax.id, ends_on=FIRST, at=NOON)

    def test_falls_on_its_days_only(self, tenant):
        customer, tax = a_customer(), a_tax(starts_on=FIRST + DAY)
        end_tax(tax_id=tax.id, ends_on=FIRST + 2 * DAY, at=NOON)

        assert [len(levied(customer, on=FIRST + n * DAY)) for n in range(1, 4)] == [1, 1, 0]
        assert taxes.tax_book([customer.id], [], on=FIRST).cards == ()

    def test_falls_on_who_is_where_it_says(self, tenant):
        here, there = a_customer(kind="company"), a_customer()
        place_customer(customer_id=here.id, place=PlaceCard(city_code="3550308"), at=NOON)
        a_tax(name="cidade", city_code="3550308")
        a_tax(name="estado", state="SP")
        a_tax(name="empresa", customer_kind="company")
        a_tax(name="fora", country="PT")

        assert [name for name, _ in levied(here)] == ["cidade", "estado", "empresa"]
        assert levied(there) == []

    def test_is_kept_back_by_who_is_written_down_so(self, tenant):
        keeps, pays = a_customer(iss_withheld=True), a_customer()
        a_tax(withholding=Withholding.CUSTOMER)

        assert (levied(keeps), levied(pays)) == ([("ISS", True)], [("ISS", False)])

    def test_of_a_service_falls_on_plans_of_it(self, tenant):
        customer, price, other = a_customer(), a_price(), a_price()
        a_tax(service_code="010301")
        codes = PlanCodes(price.plan_id, "010301", nbs="115022000")
        name_service(codes=codes, at=NOON)

        assert len(levied(customer, price=price)) == 1
        assert levied(customer, price=other) == []
        with pytest.raises(BadServiceCode):
            name_service(codes=PlanCodes(price.plan_id, "1.03"), at=NOON)

    def test_is_not_asked_of_who_is_exempt(self, tenant):
        customer = a_customer()
        a_tax()
        a_tax(name="PIS", kind=TaxKind.PIS)
        iss = exempt_customer(
            customer_id=customer.id, kind=TaxKind.ISS, reason="Lei", starts_on=FIRST, at=NOON
        )

        assert levied(customer) == [("PIS", False)]
        assert end_exemption(exemption_id=iss, at=NOON) == customer.id
        assert len(levied(customer, on=FIRST + DAY)) == 2
        exempt_customer(
            customer_id=customer.id, kind=None, reason="OSC", starts_on=FIRST, at=NOON
        )
        assert levied(customer, on=FIRST + DAY) == []

    def test_knows_no_city_that_is_not(self, tenant):
        with pytest.raises(BadPlace):
            place_customer(
                customer_id=a_customer().id, place=PlaceCard(city_code="99"), at=NOON
            )

    def test_is_not_seen_by_others(self, tenant, other_tenant):
        with other_tenant:
            a_tax()

        assert taxes.tax_book([], [], on=FIRST).cards == ()
