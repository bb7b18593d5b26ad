"""Coupons, stock and terms on an order: taken once, given back once, and on the invoice as they are."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.catalog.errors import CouponUsed, CouponUsedUp, OutOfStock, TermsChanged
from alicerce.apps.catalog.models import Coupon, Plan, Taking
from alicerce.apps.catalog.services.publish_terms import publish_terms
from alicerce.apps.catalog.tests.factories import a_coupon, a_plan, a_price
from alicerce.apps.catalog.types import CouponKind
from alicerce.apps.customers.tests.factories import a_cpf
from alicerce.apps.orders import public as orders
from alicerce.apps.orders import queries
from alicerce.apps.orders.models import Order
from alicerce.apps.orders.services.expire_orders import expire_orders
from alicerce.apps.orders.tests.factories import NOON, an_order
from alicerce.apps.orders.types import CancelCause, Extras, OrderStatus
from alicerce.apps.tenancy.models import Host
from alicerce.kernel.testing import run_jobs


@pytest.fixture
def price(tenant):
    return a_price(amount_cents=2990, setup_cents=1000)


def somebody(number):
    return {"email": f"loja{number}@example.com", "document": a_cpf()}


def redeemed():
    return Coupon.objects.get().redeemed


def canceled(order):
    orders.cancel_order(order_id=order.id, cause=CancelCause.STAFF, at=NOON)


class TestCoupon:
    def test_is_a_line_of_the_invoice(self, price):
        coupon = a_coupon(code="DEZ", cycles=3)

        order = an_order(price=price, extras=Extras(coupon="dez"))

        invoice = billing.invoice_of_order(order.id)
        last = billing.invoice_detail(invoice.id).lines[-1]
        assert (last.description, last.total.cents) == ("Cupom DEZ", -399)
        assert invoice.total == order.total
        assert order.total.cents == 3591
        found = order.lines[0].discount
        assert (found.coupon_id, found.cents, found.cycles) == (coupon.id, 399, 3)
        assert sum(found.shares) == found.cents
        assert redeemed() == 1

    def test_of_all_of_it_settles_the_order_at_once(self, price):
        a_coupon(code="TUDO", percent_bp=10_000)

        order = an_order(price=price, extras=Extras(coupon="TUDO"))
        run_jobs()

        assert billing.invoice_of_order(order.id).status == "paid"
        assert queries.order(order.id).status == OrderStatus.DELIVERING

    def test_is_once_per_customer_and_again_after_a_cancel(self, price):
        a_coupon(code="UMA", once_per_customer=True)
        first = an_order(price=price, extras=Extras(coupon="UMA"))

        with pytest.raises(CouponUsed):
            an_order(price=price, extras=Extras(coupon="UMA"))
        assert (redeemed(), Order.objects.count()) == (1, 1)
        an_order(price=price, extras=Extras(coupon="UMA"), **somebody(2))

        canceled(first)
        an_order(price=price, extras=Extras(coupon="UMA"))
        assert redeemed() == 2

    def test_is_refused_when_it_was_redeemed_often_enough(self, price):
        a_coupon(code="DUAS", most=2)
        for number in range(2):
            an_order(price=price, extras=Extras(coupon="DUAS"), **somebody(number))

        with pytest.raises(CouponUsedUp):
            an_order(price=price, extras=Extras(coupon="DUAS"), **somebody(3))

    @pytest.mark.parametrize("way", ["staff", "invoice", "time"])
    def test_is_given_back_once_by_an_order_that_nobody_paid(self, price, way):
        a_coupon(code="DEZ", most=1)
        order = an_order(price=price, extras=Extras(coupon="DEZ"))

        for _ in range(2):
            if way == "staff":
                canceled(order)
            elif way == "invoice":
                invoice = billing.invoice_of_order(order.id)
                if invoice:
                    void_invoice(invoice_id=invoice.id, at=NOON)
            else:
                expire_orders(at=NOON + timedelta(days=8))
            run_jobs()

        assert queries.order(order.id).status == OrderStatus.CANCELED
        assert redeemed() == 0
        assert Taking.objects.get().returned_at is not None

    def test_that_does_not_hold_makes_no_order(self, price):
        with pytest.raises(Exception, match="cupom"):
            an_order(price=price, extras=Extras(coupon="NADA"))

        assert Order.objects.count() == 0


class TestStock:
    def test_goes_with_each_order_and_comes_back_with_a_cancel(self, tenant):
        price = a_price(plan=a_plan(stock=1))
        order = an_order(price=price)
        assert Plan.objects.get().stock == 0

        with pytest.raises(OutOfStock):
            an_order(price=price)

        canceled(order)
        canceled(order)
        assert Plan.objects.get().stock == 1

    def test_that_was_not_counted_then_is_not_given_back_later(self, price):
        order = an_order(price=price)
        Plan.objects.update(stock=3)

        canceled(order)

        assert Plan.objects.get().stock == 3


class TestTerms:
    def test_are_kept_with_the_order(self, price):
        publish_terms(body="Um", at=NOON)

        order = an_order(price=price, extras=Extras(terms_version=1))

        assert queries.order_detail(order.id).terms_version == 1

    def test_that_changed_meanwhile_are_read_again(self, price):
        publish_terms(body="Um", at=NOON)
        publish_terms(body="Dois", at=NOON)

        with pytest.raises(TermsChanged):
            an_order(price=price, extras=Extras(terms_version=1))


class TestOrderPage:
    @pytest.fixture
    def site(self, tenant):
        Host.objects.create(
            tenant_id=tenant.id, domain="testserver", base_url="http://testserver"
        )
        return Client()

    def post(self, client, price, /, **given):
        facts = {
            "price": str(price.id),
            "domain": "padaria.com.br",
            "name": "Renata Souza",
            "email": "renata@example.com",
            "document": "52998224725",
        }
        return client.post(f"/pedir/{price.plan_id}/", {**facts, **given})

    def test_asks_for_a_coupon_where_there_are_some(self, site, price):
        address = f"/pedir/{price.plan_id}/"
        assert 'name="cupom"' not in site.get(address).text

        a_coupon(code="TRINTA", kind=CouponKind.FIXED, percent_bp=None, amount_cents=3000)
        assert 'name="cupom"' in site.get(address).text

        shown = self.post(site, price, cupom="trinta", conferir="1")
        assert "Cupom TRINTA" in shown.text
        assert "9,90" in shown.text
        assert "em todas as cobranças" in shown.text
        assert self.post(site, price, cupom="NADA", conferir="1").status_code == 422

        assert self.post(site, price, cupom="trinta").status_code == 302
        assert Order.objects.get().total_cents == 990

    def test_asks_to_agree_to_the_terms(self, site, price):
        assert site.get("/termos/").status_code == 404
        publish_terms(body="Sem devolução.\n<b>Nunca</b>", at=NOON)

        page = site.get("/termos/").text
        assert "Sem devolução." in page
        assert "<b>Nunca" not in page
        assert self.post(site, price).status_code == 422
        again = self.post(site, price, termos="on", termos_versao="7").text
        assert 'value="1"' in re.search(r'<input[^>]*name="termos_versao"[^>]*>', again)[0]
        assert "checked" not in re.search(r'<input[^>]*name="termos"[^>]*>', again)[0]
        assert self.post(site, price, termos="on", termos_versao="1").status_code == 302
        assert Order.objects.get().terms_version == 1

    def test_says_when_a_plan_is_sold_out(self, site, tenant):
        price = a_price(plan=a_plan(stock=0))

        assert "Esgotado" in site.get("/").text
        assert self.post(site, price).status_code == 422
