"""Lists in more orders than that of their making: ties, rows that come between pages, other cursors."""

from base64 import urlsafe_b64encode
from datetime import date, timedelta

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.surfaces.api.tests.conftest import places, told

TODAY = date(2026, 9, 1)


def pages(api, path, *, between=lambda: None):
    """Everything on the list, two at a time."""
    found, cursor = [], ""
    while cursor is not None:
        page = api.get(f"{path}&limit=2{cursor and f'&cursor={cursor}'}").json()
        found += page["data"]
        cursor = page["next_cursor"]
        between()
        between = lambda: None  # noqa: E731 - once
    return found


def cursor_of(*said):
    return urlsafe_b64encode(orjson.dumps(said)).decode().rstrip("=")


class TestByName:
    @pytest.mark.parametrize("sort", ["name", "-name"])
    def test_tells_each_once_though_names_are_alike(self, api, sort):
        made = [a_customer(name=name) for name in ("Bia", "Ana", "Ana", "Ana", "Ana", "Caio")]

        found = pages(api, f"/customers?sort={sort}")

        wanted = sorted((row.name, str(row.id)) for row in made)
        told = [(row["name"], row["id"]) for row in found]
        assert told == (wanted if sort == "name" else wanted[::-1])

    def test_goes_on_where_it_was_when_others_come_between(self, api):
        for name in ("Bia", "Davi", "Davi", "Eva"):
            a_customer(name=name)

        def come():
            for name in ("Ana", "Caio", "Davi", "Fabi"):
                a_customer(name=name)

        found = pages(api, "/customers?sort=name", between=come)

        assert [row["name"] for row in found] == ["Bia", "Davi", "Davi", "Davi", "Eva", "Fabi"]

    def test_takes_only_a_cursor_of_the_same_order(self, api):
        for _ in range(3):
            a_customer()
        cursor = api.get("/customers?sort=name&limit=1").json()["next_cursor"]

        for other in ("", "&sort=-name", "&sort=created_at"):
            answer = api.get(f"/customers?limit=1&cursor={cursor}{other}")
            assert told(answer) == (422, "invalid")
            assert places(answer) == {("cursor", "bad_cursor")}
        assert api.get(f"/customers?sort=name&cursor={cursor}").status_code == 200

    @pytest.mark.parametrize(
        "said",
        [
            ("name",),
            ("name", "Ana"),
            ("name", "Ana", "x"),
            ("name", "A\0", "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b01"),
            ("name", None, None),
            ("name", ["Ana"], {}),
            ({"name": 1}, "Ana", "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b01"),
        ],
    )
    def test_takes_no_cursor_that_somebody_made_up(self, api, said):
        answer = api.get(f"/customers?sort=name&cursor={cursor_of(*said)}")

        assert places(answer) == {("cursor", "bad_cursor")}

    def test_keeps_a_long_name_in_its_cursor(self, api):
        for _ in range(3):
            a_customer(name="ç" * 120)

        assert len(pages(api, "/customers?sort=name")) == 3


class TestInvoices:
    def test_come_by_number(self, api):
        made = [an_invoice().code for _ in range(11)]

        up, down = (
            [row["number"] for row in pages(api, f"/invoices?sort={sort}")]
            for sort in ("number", "-number")
        )

        assert (up, down) == (made, made[::-1])

    def test_come_by_due_date_though_many_are_due_on_a_day(self, api):
        for days in (3, 1, 1, 1, 2):
            an_invoice(due_on=TODAY + timedelta(days=days))

        found = pages(
            api,
            "/invoices?sort=due_on",
            between=lambda: an_invoice(due_on=TODAY + timedelta(days=9)),
        )

        days = [(date.fromisoformat(row["due_on"]) - TODAY).days for row in found]
        assert days == [1, 1, 1, 2, 3, 9]
        assert len({row["id"] for row in found}) == 6

    @pytest.mark.parametrize("day", ["2026-13-01", "", 5])
    def test_refuse_a_day_that_is_none(self, api, day):
        cursor = cursor_of("due_on", day, "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b01")

        assert places(api.get(f"/invoices?sort=due_on&cursor={cursor}")) == {
            ("cursor", "bad_cursor")
        }


class TestAnOrder:
    @pytest.mark.parametrize(
        ("path", "table", "index"),
        [
            ("/customers?sort=name", "customers_customer", "customers_by_name"),
            ("/customers?sort=-name", "customers_customer", "customers_by_name"),
            ("/invoices?sort=-number", "billing_invoice", "invoice_number_per_series"),
            ("/invoices?sort=due_on", "billing_invoice", "invoices_by_due_date"),
        ],
    )
    def test_is_read_off_an_index_from_where_the_page_begins(self, api, path, table, index):
        for _ in range(3):
            an_invoice()
        cursor = api.get(f"{path}&limit=1").json()["next_cursor"]
        with CaptureQueriesContext(connection) as asked:
            api.get(f"{path}&limit=1&cursor={cursor}")
        (listing,) = [
            q["sql"] for q in asked if f'FROM "{table}"' in q["sql"] and "ROW(" in q["sql"]
        ]

        plan = plan_of(listing)

        assert index in plan
        assert "Sort" not in plan
        condition = plan.partition("Index Cond:")[2].partition("\n")[0]
        assert "tenant_id" in condition
        assert "ROW(" in condition


def plan_of(statement):
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("set local enable_bitmapscan = off")
        cursor.execute("set local enable_sort = off")
        cursor.execute("explain " + statement)
        return "\n".join(row[0] for row in cursor.fetchall())
