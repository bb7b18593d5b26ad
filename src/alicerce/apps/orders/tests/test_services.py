"""From a visitor's choice to lines that wait for delivery, and to a completed order."""

import json
from datetime import UTC, datetime

import pytest

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.tests.factories import an_account
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.catalog.errors import NotForSale
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.customers.errors import CustomerHasServices
from alicerce.apps.customers.models import Customer
from alicerce.apps.customers.services.change_status import close_customer
from alicerce.apps.notify import public as notify
from alicerce.apps.notify.models import Message
from alicerce.apps.orders import public as orders
from alicerce.apps.orders import queries
from alicerce.apps.orders.errors import DomainTaken, NoSuchOrder, TooManyOrders
from alicerce.apps.orders.services.acknowledge_order import acknowledge_order
from alicerce.apps.orders.services.release_order import release_order
from alicerce.apps.orders.tests.factories import a_buyer, an_order
from alicerce.apps.orders.types import LineStatus, OrderStatus
from alicerce.apps.tenancy.models import Host
from alicerce.kernel.crypto import reveal

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


class TestPlaceOrder:
    def test_asks_for_our_price_and_nothing_else(self, tenant, published):
        order = an_order(price=a_price(amount_cents=4990))

        invoice = billing.invoice_of_order(order.id)

        assert order.total.cents == 4990
        assert invoice is not None
        assert invoice.total.cents == 4990
        assert "order.placed" in [event.name for event in published]

    def test_recognizes_a_customer_who_comes_back(self, tenant):
        first, second = an_order(), an_order()

        assert first.customer_id == second.customer_id
        assert Customer.objects.count() == 1

    def test_numbers_orders_without_gaps(self, tenant):
        assert [an_order().number for _ in range(3)] == [1, 2, 3]

    def test_writes_the_domain_as_people_read_it_and_keeps_it_as_machines_do(self, tenant):
        order = an_order(domain="xn--po-quente-l2a.com.br")

        invoice = billing.invoice_of_order(order.id)
        said = [line.description for line in billing.invoice_detail(invoice.id).lines]

        assert all(text.endswith("· pão-quente.com.br") for text in [*said, order.description])
        assert order.domain == "xn--po-quente-l2a.com.br"

    def test_refuses_the_price_of_another_tenant(self, tenant, other_tenant):
        with other_tenant:
            theirs = a_price()

        with pytest.raises(NotForSale):
            orders.place_order(
                price_id=theirs.id, domain="padaria.com.br", buyer=a_buyer(), at=NOON
            )

    def test_takes_only_so_many_unpaid_orders_of_one_address(self, tenant):
        for _ in range(5):
            an_order()

        with pytest.raises(TooManyOrders):
            an_order()
        an_order(email="outra@example.com", document="11144477735")

    @pytest.mark.parametrize("domain", ["nuvem.com.br", "www2.nuvem.com.br"])
    def test_does_not_host_a_company_of_the_platform_under_another(self, tenant, domain):
        Host.objects.create(
            domain="nuvem.com.br", tenant_id=tenant.id, base_url="https://nuvem.com.br"
        )

        with pytest.raises(DomainTaken):
            an_order(domain=domain)

    def test_hides_the_order_from_the_neighbour(self, tenant, other_tenant):
        order = an_order()

        with other_tenant, pytest.raises(NoSuchOrder):
            queries.order_of_token(order.token)


class TestAcknowledge:
    @pytest.mark.parametrize(
        ("kinds", "says"),
        [
            ([], "Acompanhe o pedido nesta página"),
            ([GatewayKind.PIX], "Pague por Pix e acompanhe"),
            ([GatewayKind.PIX, GatewayKind.STRIPE], "Pague por Pix ou cartão e acompanhe"),
        ],
    )
    def test_speaks_of_the_ways_to_pay_that_there_are(self, tenant, kinds, says):
        for kind in kinds:
            an_account(kind)

        acknowledge_order(order_id=an_order().id, at=NOON)

        message = Message.objects.get(template="order_received")
        values = json.loads(reveal(message, "values"))
        letter = notify.preview(template=message.template, values=values, locale="pt-br")
        assert says in letter.text


class TestRelease:
    def test_offers_each_line_once(self, tenant, published):
        order = an_order()

        for _ in range(2):
            release_order(order_id=order.id, at=NOON)

        assert [e.name for e in published].count("order.line_ready") == 1


class TestFulfil:
    def test_completes_the_order_with_its_last_line(self, tenant, published):
        order = an_order()
        release_order(order_id=order.id, at=NOON)

        for _ in range(2):
            orders.fulfil_line(line_id=order.lines[0].id, at=NOON)

        assert queries.order(order.id).status == OrderStatus.COMPLETED
        assert [e.name for e in published].count("order.completed") == 1

    def test_a_failed_line_can_be_tried_again(self, tenant):
        order = an_order()
        release_order(order_id=order.id, at=NOON)
        line_id = order.lines[0].id

        orders.fail_line(line_id=line_id, reason="sem servidor", at=NOON)
        assert queries.line(line_id).status == LineStatus.FAILED
        orders.retry_line(line_id=line_id, at=NOON)
        orders.fulfil_line(line_id=line_id, at=NOON)

        assert queries.order(order.id).status == OrderStatus.COMPLETED


class TestOrdersOwed:
    def test_are_those_paid_for_and_not_delivered(self, tenant):
        order = an_order()
        assert queries.orders_owed_to(order.customer_id) == 0

        release_order(order_id=order.id, at=NOON)
        assert queries.orders_owed_to(order.customer_id) == 1

        orders.fulfil_line(line_id=order.lines[0].id, at=NOON)
        assert queries.orders_owed_to(order.customer_id) == 0

    def test_keep_a_customer_from_being_closed(self, tenant):
        order = an_order()
        release_order(order_id=order.id, at=NOON)

        with pytest.raises(CustomerHasServices):
            close_customer(customer_id=order.customer_id, at=NOON)

        orders.fulfil_line(line_id=order.lines[0].id, at=NOON)
        assert close_customer(customer_id=order.customer_id, at=NOON)

    def test_of_the_neighbours_count_for_nothing(self, tenant, other_tenant):
        with other_tenant:
            order = an_order()
            release_order(order_id=order.id, at=NOON)

        assert queries.orders_owed_to(order.customer_id) == 0


class TestOrdersOf:
    def test_asks_twice_however_many_orders(self, tenant, django_assert_num_queries):
        made = [an_order(domain=f"loja{n}.com.br") for n in range(4)]

        with django_assert_num_queries(2):
            found = queries.orders_of(made[0].customer_id)

        assert [card.domain for card in found] == [card.domain for card in made[::-1]]
        assert found == made[::-1]
