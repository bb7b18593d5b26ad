"""How an order ends that nobody paid, and what becomes of money that comes all the same."""

from datetime import timedelta

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Charge
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.expire_charges import expire_charges
from alicerce.apps.billing.tests.factories import a_payment, an_account
from alicerce.apps.billing.types import InvoiceStatus, PaymentMethod
from alicerce.apps.customers.errors import CustomerHasUnpaidOrders
from alicerce.apps.customers.services.change_status import close_customer
from alicerce.apps.notify.models import Message
from alicerce.apps.orders import jobs, queries
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.errors import NoSuchOrder, OrderNotUnpaid, TooManyOrders
from alicerce.apps.orders.rules import UNPAID_FOR
from alicerce.apps.orders.services.expire_orders import expire_orders
from alicerce.apps.orders.services.place_order import MOST_UNPAID
from alicerce.apps.orders.services.release_order import release_order
from alicerce.apps.orders.tests.factories import NOON, an_order
from alicerce.apps.orders.types import CancelCause, LineStatus, OrderStatus
from alicerce.kernel.ids import uuid7
from alicerce.kernel.testing import run_jobs

HOUR = timedelta(hours=1)


def cancel(order, cause=CancelCause.STAFF, reason="", at=NOON):
    return orders.cancel_order(order_id=order.id, cause=cause, reason=reason, at=at)


def invoice_of(order):
    return billing.invoice_of_order(order.id)


def pay(order, account):
    invoice = invoice_of(order)
    paid = a_payment(invoice.id, amount=invoice.total)
    return book_payment(account_id=account.id, paid=paid, at=NOON)


def names(published):
    return [event.name for event in published]


class TestCancelOrder:
    def test_voids_the_invoice_and_delivers_nothing(self, tenant, published):
        order = an_order()

        assert cancel(order)

        found = queries.order_detail(order.id)
        assert (found.status, found.canceled_at) == (OrderStatus.CANCELED, NOON)
        assert [line.status for line in found.lines] == [LineStatus.CANCELED]
        assert invoice_of(order).status == InvoiceStatus.VOID
        assert names(published)[-2:] == ["invoice.voided", "order.canceled"]

    def test_twice_changes_nothing(self, tenant, published):
        order = an_order()

        assert [cancel(order), cancel(order)] == [True, False]

        assert names(published).count("order.canceled") == 1

    def test_keeps_the_reason_with_the_order_and_in_the_trail_of_both(self, tenant):
        order = an_order()

        cancel(order, reason="Desistiu por telefone")

        assert queries.order_detail(order.id).cancel_reason == "Desistiu por telefone"
        told = Entry.objects.filter(action__in=["order.canceled", "invoice.voided"])
        assert {entry.entity for entry in told} == {"order", "invoice"}
        assert "telefone" not in str([entry.after for entry in told])  # kept under their key

    def test_refuses_what_was_paid(self, tenant):
        order = an_order()
        pay(order, an_account())

        with pytest.raises(OrderNotUnpaid):
            cancel(order)
        release_order(order_id=order.id, at=NOON)
        with pytest.raises(OrderNotUnpaid):
            cancel(order)

        assert invoice_of(order).status == InvoiceStatus.PAID
        assert queries.order(order.id).status == OrderStatus.DELIVERING

    def test_knows_no_order_of_a_neighbour(self, tenant, other_tenant):
        order = an_order()

        with other_tenant, pytest.raises(NoSuchOrder):
            cancel(order)

    def test_makes_no_room_for_more_letters(self, tenant):
        for _ in range(MOST_UNPAID):
            cancel(an_order(), CancelCause.CUSTOMER)

        with pytest.raises(TooManyOrders):
            an_order()


class TestMoney:
    def test_that_comes_after_all_is_credited_and_told_of_and_activates_nothing(
        self, tenant, provider
    ):
        order, account = an_order(), an_account()
        cancel(order)

        assert pay(order, account)
        run_jobs()

        assert queries.order(order.id).status == OrderStatus.CANCELED
        assert billing.wallet_balance(order.customer_id) == (order.total,)
        [misfit] = billing.misfits()
        assert (misfit.fit, misfit.reason) == ("credited", "void")

    def test_says_how_it_came(self, tenant, provider):
        order = an_order()
        pay(order, an_account())

        run_jobs()

        assert queries.order_detail(order.id).paid_by == "pix"


class TestVoidedInvoice:
    def test_cancels_its_order(self, tenant, published):
        order = an_order()

        billing.void_invoice(invoice_id=invoice_of(order).id, at=NOON)
        run_jobs()

        found = queries.order_detail(order.id)
        assert (found.status, found.cancel_cause) == ("canceled", CancelCause.INVOICE_VOIDED)


class TestLetter:
    def test_tells_the_buyer_what_staff_did_and_why(self, tenant, letters):
        cancel(an_order(), reason="Domínio de outra empresa")
        run_jobs()

        letter = letters[-1]
        assert letter.subject == "O pedido nº 1 foi cancelado"
        assert "Motivo: Domínio de outra empresa" in letter.text

    def test_tells_the_buyer_what_somebody_did_on_their_page(self, tenant, letters):
        """Its link may have come into other hands."""
        cancel(an_order(), CancelCause.CUSTOMER)
        run_jobs()

        assert letters[-1].subject == "O pedido nº 1 foi cancelado"

    def test_is_not_sent_to_who_never_answered(self, tenant):
        cancel(an_order(), CancelCause.EXPIRED)
        run_jobs()

        assert not Message.objects.filter(template="order_canceled").exists()


class TestExpireOrders:
    def test_ends_what_nobody_paid_in_time(self, tenant):
        order = an_order()

        assert expire_orders(at=NOON + UNPAID_FOR) == 0
        assert expire_orders(at=NOON + UNPAID_FOR + HOUR) == 1
        assert expire_orders(at=NOON + UNPAID_FOR + HOUR) == 0

        found = queries.order_detail(order.id)
        assert (found.status, found.cancel_cause) == ("canceled", CancelCause.EXPIRED)
        assert invoice_of(order).status == InvoiceStatus.VOID

    def test_waits_for_who_is_about_to_pay(self, tenant, published):
        order, late = an_order(), NOON + UNPAID_FOR + HOUR
        an_account()
        billing.begin_charge(
            invoice_id=invoice_of(order).id,
            method=PaymentMethod.PIX,
            return_url="https://x/",
            at=late,
        )

        assert expire_orders(at=late) == 0
        expire_charges(at=late + timedelta(days=2))
        assert Charge.objects.get().status == "expired"
        assert expire_orders(at=late + timedelta(days=2)) == 1

    def test_leaves_what_was_paid(self, tenant):
        order = an_order()
        pay(order, an_account())

        assert expire_orders(at=NOON + UNPAID_FOR + HOUR) == 0
        assert invoice_of(order).status == InvoiceStatus.PAID

    def test_is_asked_for_by_the_clock(self, tenant, monkeypatch):
        an_order()
        monkeypatch.setattr(jobs, "now", lambda: NOON + UNPAID_FOR + HOUR)

        jobs.find_unpaid_orders()
        run_jobs()

        assert queries.find_orders("1", limit=1)[0].status == OrderStatus.CANCELED


class TestCloseCustomer:
    def test_names_the_orders_that_are_still_to_be_paid(self, tenant):
        first, second = an_order(), an_order()

        with pytest.raises(CustomerHasUnpaidOrders) as refused:
            close_customer(customer_id=first.customer_id, at=NOON)

        assert f"{first.number}, {second.number}" in str(refused.value)

    def test_is_done_once_they_are_canceled(self, tenant):
        order = an_order()
        cancel(order)

        assert close_customer(customer_id=order.customer_id, at=NOON)


def test_an_order_that_is_not_there_is_not_canceled(tenant):
    with pytest.raises(NoSuchOrder):
        orders.cancel_order(order_id=uuid7(), cause=CancelCause.STAFF, at=NOON)
