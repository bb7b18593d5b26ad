"""A program orders for a customer: shown to the cent, placed once, and refused with a pointer to what is wrong."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alicerce.apps.billing.tests.conftest import Postbox
from alicerce.apps.catalog.services.publish_terms import publish_terms
from alicerce.apps.catalog.tests.factories import a_coupon, a_price
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.hosting.tests.factories import NOON, a_pool, a_server
from alicerce.apps.notify.models import Message
from alicerce.apps.notify.ports import mailers
from alicerce.apps.orders.models import Order
from alicerce.apps.subscriptions.tests.factories import an_addon
from alicerce.kernel.clock import now
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.api.tests.conftest import places, told


@pytest.fixture(autouse=True)
def post_office(monkeypatch):
    monkeypatch.setitem(mailers, "smtp", Postbox([]))


def wanted(price, **more):
    return {
        "customer_id": str(a_customer().id),
        "price_id": str(price.id),
        "domain": "Pão.com.br",
        **more,
    }


def accepted(**more):
    said = {"version": 1, "accepted_by": "Renata Souza", "accepted_at": now().isoformat()}
    return {**said, "address": "198.51.100.7", **more}


def test_an_order_is_shown_to_the_cent_placed_once_and_keeps_how_terms_were_agreed_to(
    api, knock
):
    price = a_price(amount_cents=4990, setup_cents=1000)
    publish_terms(body="Pague em dia.", at=NOON)
    a_coupon(code="NATAL10", percent_bp=1000)
    asked = wanted(price, coupon="natal10")

    shown = api.post("/orders/preview", asked).json()
    assert (shown["discount_cents"], shown["cycle_cents"], shown["terms_version"]) == (
        599,
        4990,
        1,
    )
    assert [item["kind"] for item in shown["items"]] == ["plan", "setup"]
    assert Order.objects.count() == 0

    body = {
        **asked,
        "expected_total_cents": shown["total_cents"] + 1,
        "payment": "none",
        "terms": accepted(),
        "metadata": {"erp_id": "4711"},
    }
    refused = api.post("/orders", body, Idempotency_Key="a")
    assert (told(refused), places(refused)) == (
        (409, "order_total_changed"),
        {("/expected_total_cents", "order_total_changed")},
    )
    body["expected_total_cents"] = shown["total_cents"]
    made = api.post("/orders?expand=invoice", body, Idempotency_Key="b")
    again = api.post("/orders?expand=invoice", body, Idempotency_Key="b")
    run_jobs()

    order = made.json()
    assert (made.status_code, made.headers["Location"]) == (201, f"/v1/orders/{order['id']}")
    assert again.json() == order
    assert Order.objects.count() == 1
    assert order["invoice"]["total_cents"] == order["total_cents"] == shown["total_cents"]
    assert (order["terms_version"], order["terms_pending"]) == (1, False)
    assert order["terms_evidence"]["accepted_by"] == "Renata Souza"
    assert order["metadata"] == {"erp_id": "4711"}
    assert Order.objects.get().placed_by.startswith("key:")
    assert not Message.objects.filter(template="order_received").exists()
    few = knock("orders:read").get(f"/orders/{order['id']}").json()
    assert few["terms_evidence"]["accepted_by"] is None
    assert "order.placed" in [one["type"] for one in api.get("/events").json()["data"]]


def test_an_order_without_word_of_the_terms_waits_for_them_and_is_told_by_letter(api):
    publish_terms(body="Pague em dia.", at=NOON)
    price = a_price(amount_cents=4990)
    backup = {"price_id": str(an_addon(1500, max_quantity=3).id), "quantity": 2}
    asked = wanted(price, addons=[backup])
    shown = api.post("/orders/preview", asked).json()
    order = api.post("/orders", asked).json()
    run_jobs()

    assert (shown["total_cents"], shown["addons"][0]["total_cents"]) == (7990, 3000)
    assert order["total_cents"] == 7990
    plan, addon = order["lines"]
    assert (plan["goes_along"], addon["goes_along"]) == (False, True)
    assert (order["terms_version"], order["terms_pending"]) == (None, True)
    assert Message.objects.filter(template="order_received").count() == 1


def test_what_is_refused_is_pointed_at(api, knock):
    publish_terms(body="Pague em dia.", at=NOON)
    price = a_price()
    asked = wanted(price)
    later = (now() + timedelta(days=1)).isoformat()

    def at(path, **more):
        answer = api.post(path, {**asked, **more})
        assert answer.status_code == 422
        return places(answer)

    option = {"option_id": str(uuid4())}
    assert at("/orders/preview", customer_id=str(uuid4())) == {
        ("/customer_id", "no_such_customer")
    }
    assert at("/orders/preview", price_id=str(uuid4())) == {("/price_id", "not_for_sale")}
    assert at("/orders/preview", options=[option]) == {("/options/0", "bad_choice")}
    assert at("/orders", coupon="NADA") == {("/coupon", "bad_coupon")}
    assert at("/orders", terms=accepted(version=7)) == {("/terms/version", "terms_changed")}
    assert at("/orders", terms=accepted(accepted_at=later)) == {
        ("/terms/accepted_at", "in_future")
    }
    assert at("/orders", terms=accepted(address="aqui")) == {("/terms/address", "bad_value")}
    addon = {"price_id": str(an_addon().id), "quantity": 2}
    assert at("/orders", addons=[addon]) == {("/addons/0/quantity", "bad_quantity")}
    addon["quantity"] = 1
    assert at("/orders", addons=[addon] * 2) == {("/addons/1/price_id", "addon_twice")}
    assert at("/orders", plan_cents=1) == {("/plan_cents", "unknown")}
    assert told(knock("orders:read").post("/orders/preview", asked)) == (
        403,
        "insufficient_scope",
    )
    a_server(max_accounts=0, pool=a_pool())
    assert at("/orders") == {("/price_id", "no_room")}
    assert Order.objects.count() == 0
