"""Pages of orders: nothing twice, nothing left out, and no table read from end to end."""

from datetime import timedelta

import pytest
from django.db import connection

from alicerce.apps.customers.tests.factories import a_cpf
from alicerce.apps.orders import queries
from alicerce.apps.orders.models import Line, Order
from alicerce.apps.orders.tests.factories import NOON, an_order
from alicerce.apps.orders.types import OrderStatus, OrdersWanted


def some_orders(count):
    return [
        an_order(domain=f"loja{n}.com.br", email=f"l{n}@example.com", document=a_cpf())
        for n in range(count)
    ]


class TestOrderPage:
    def test_goes_on_where_the_one_before_ended(self, tenant):
        some_orders(5)

        numbers, before = [], None
        for _ in range(3):
            page = queries.order_page(OrdersWanted(), before=before, limit=2)
            numbers.append([order.number for order in page.orders])
            before = page.next_before

        assert numbers == [[5, 4], [3, 2], [1]]
        assert before is None

    def test_takes_words_for_a_number_or_the_beginning_of_a_domain(self, tenant):
        some_orders(3)

        def found(words):
            page = queries.order_page(OrdersWanted(text=words))
            return [order.number for order in page.orders]

        assert found("#2") == found("2") == [2]
        assert found("loja1.com.br") == [2]
        assert found("LOJA") == [3, 2, 1]
        assert found("%") == found("ja1.com.br") == []
        assert found("9" * 40) == []

    def test_shows_nothing_of_a_neighbour(self, tenant, other_tenant):
        some_orders(1)

        with other_tenant:
            assert queries.order_page(OrdersWanted()).orders == ()
            assert queries.find_orders("loja", limit=5) == ()


INDEXES = [
    (
        "orders_by_status",
        lambda: Order.objects.filter(status=OrderStatus.CANCELED).order_by("-id")[:50],
    ),
    ("orders_by_payment", lambda: Order.objects.filter(paid_by="pix").order_by("-id")[:50]),
    ("orders_by_day", lambda: Order.objects.filter(placed_at__lt=NOON)),
    ("orders_unpaid_since", lambda: Order.objects.unpaid_since(NOON - timedelta(days=7))),
    ("lines_by_domain", lambda: Line.objects.for_domain("loja")),
]


def many_of(model, **anew):
    """Thousands like the one there is: below that, every index costs the planner the same."""
    columns = [field.column for field in model._meta.concrete_fields]
    values = ", ".join(anew.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {table} ({names})"  # noqa: S608 (names of our own columns)
            f" select {values} from {table}, generate_series(2, 6000) as n"
        )


@pytest.mark.parametrize(("index", "rows"), INDEXES, ids=[name for name, _rows in INDEXES])
def test_is_found_by_its_index(tenant, index, rows):
    some_orders(1)
    many_of(Order, id="gen_random_uuid()", number="n", token="md5(n::text)")
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("set local enable_bitmapscan = off")

    plan = rows().explain()

    assert index in plan
