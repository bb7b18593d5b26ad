"""What is sold by API, from the plan to the live service."""

from uuid import UUID, uuid4

import pytest

from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.apps.catalog.models import Plan
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.developers.types import Mode
from alicerce.apps.dns.models import Zone
from alicerce.apps.dns.ports import dns_hosts
from alicerce.apps.dns.tests.doubles import ZonesInMemory
from alicerce.apps.hosting.models import ProvisioningRun, Service
from alicerce.apps.hosting.ports import panels
from alicerce.apps.hosting.tests.doubles import HandClock, PanelInMemory
from alicerce.apps.hosting.tests.factories import NOON, a_server, a_service, run_of
from alicerce.apps.hosting.tests.obeying import a_live_service, settle, subscription_of
from alicerce.apps.hosting.types import RunStatus
from alicerce.apps.orders.models import Order
from alicerce.apps.orders.services.release_order import release_order
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.queries.addons import preview_addon
from alicerce.apps.subscriptions.services.add_on import add_addon
from alicerce.apps.subscriptions.tests.factories import an_addon
from alicerce.apps.subscriptions.types.addons import AddonWanted
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.api.tests.conftest import places, told


def take_over_addon(parent, price, quantity):
    wanted = AddonWanted(price.id, quantity)
    seen = preview_addon(subscription_id=parent.id, wanted=wanted, at=NOON)
    return add_addon(
        subscription_id=parent.id,
        wanted=wanted,
        expected_cents=seen.total.cents,
        at=NOON,
    )


class TestServices:
    def test_are_ordered_for_a_customer(self, api):
        customer, price = a_customer(), a_price()

        answer = api.post(
            "/services",
            {
                "customer_id": str(customer.id),
                "price_id": str(price.id),
                "domain": "Pão.com.br",
            },
        )

        order = answer.json()
        assert answer.status_code == 202
        assert answer.headers["Location"] == f"/v1/orders/{order['id']}"
        assert order["status"] == "awaiting_payment"
        assert order["customer_id"] == str(customer.id)
        assert order["lines"][0]["domain"] == "xn--po-sia.com.br"
        assert Invoice.objects.get().order_id == UUID(order["id"])

    def test_are_ordered_with_their_invoice_shown(self, api):
        body = {
            "customer_id": str(a_customer().id),
            "price_id": str(a_price().id),
            "domain": "padaria.com.br",
        }
        order = api.post("/services?expand=invoice", body).json()

        assert order["invoice"]["total_cents"] == order["total_cents"] == 2990

    def test_are_refused_for_what_is_not_there(self, api):
        body = {
            "customer_id": str(uuid4()),
            "price_id": str(a_price().id),
            "domain": "padaria.com.br",
        }
        assert told(api.post("/services", body)) == (422, "no_such_customer")

        body |= {"customer_id": str(a_customer().id), "price_id": str(uuid4())}
        assert told(api.post("/services", body)) == (422, "not_for_sale")
        assert Order.objects.count() == 0

    def test_are_listed_with_what_they_belong_to(self, api):
        service = a_service()

        (row,) = api.get("/services?expand=customer,order.customer").json()["data"]

        assert row["id"] == str(service.id)
        assert row["customer"]["id"] == row["order"]["customer"]["id"] == row["customer_id"]

    def test_are_expanded_in_as_many_queries_however_many(
        self, api, django_assert_max_num_queries
    ):
        def ask(path):
            with django_assert_max_num_queries(60) as queries:
                assert api.get(path).status_code == 200
            return len(queries)

        a_service()
        path = "/services?expand=customer,order.customer,order.invoice"
        one = ask(path)
        for _ in range(5):
            a_service()

        assert ask(path) == one

    def test_are_expanded_only_as_far_as_the_key_reaches(self, knock):
        a_service()

        assert told(knock("services:read").get("/services?expand=customer")) == (
            403,
            "insufficient_scope",
        )

    def test_are_expanded_only_by_what_is_known(self, api):
        assert places(api.get("/services?expand=server")) == {("expand", "unknown")}

    def test_show_how_their_provisioning_goes(self, api):
        service = a_service()

        told = api.get(f"/services/{service.id}/provisioning").json()

        assert told["status"] == "queued"
        assert [step["state"] for step in told["steps"]] == ["todo"] * 6


class TestPageOfAnOrder:
    def test_is_for_who_may_order_in_the_buyers_name(self, knock):
        order = an_order()
        page = f"/pedido/{order.token}/"
        ways = (f"/orders/{order.id}", "/orders")

        may = [knock("orders:read", "services:create").get(way).text for way in ways]
        may_not = [knock("orders:read").get(way) for way in ways]

        assert [page in text for text in may] == [True, True]
        assert [order.token in answer.text for answer in may_not] == [False, False]
        assert may_not[0].json()["page_path"] is None

    def test_is_not_in_what_is_expanded(self, api):
        service = a_service()
        token = Order.objects.get().token

        text = api.get(f"/services/{service.id}?expand=order").text

        assert '"order"' in text
        assert token not in text


class TestCancelOrder:
    def test_ends_an_order_that_nobody_paid(self, api):
        order = an_order()

        answer = api.post(f"/orders/{order.id}/cancel?expand=invoice", {"reason": "Desistiu"})

        ended = answer.json()
        assert answer.status_code == 200
        assert (ended["status"], ended["cancel_cause"]) == ("canceled", "staff")
        assert ended["canceled_at"]
        assert ended["lines"][0]["status"] == "canceled"
        assert ended["invoice"]["status"] == "void"

    def test_is_the_same_however_often_it_is_asked_for(self, api):
        place = f"/orders/{an_order().id}/cancel"

        first, again = api.post(place), api.post(place)

        assert first.json() == again.json()
        assert api.get("/orders?status=canceled").json()["data"] == [again.json()]

    def test_refuses_what_was_paid(self, api):
        order = an_order()
        release_order(order_id=order.id, at=NOON)

        assert told(api.post(f"/orders/{order.id}/cancel")) == (409, "order_not_unpaid")

    def test_of_nothing_is_absent(self, api):
        assert told(api.post(f"/orders/{uuid4()}/cancel")) == (404, "no_such_order")

    def test_is_for_keys_that_may(self, knock):
        answer = knock("orders:read").post(f"/orders/{an_order().id}/cancel")

        assert told(answer) == (403, "insufficient_scope")


class TestProvision:
    def test_goes_on_where_it_stopped(self, api):
        service = a_service()
        run = run_of(service)
        ProvisioningRun.objects.filter(pk=run.id).update(status=RunStatus.NEEDS_HUMAN)

        answer = api.post("/provision", {"service_id": str(service.id)})

        assert answer.status_code == 202
        assert answer.headers["Location"] == f"/v1/services/{service.id}/provisioning"
        assert answer.json()["status"] == "queued"
        assert answer.json()["round"] == run.round + 1

    def test_leaves_alone_what_is_going(self, api):
        service = a_service()

        answer = api.post("/provision", {"service_id": str(service.id)})

        assert (answer.status_code, answer.json()["round"]) == (202, run_of(service).round)

    def test_refuses_what_is_done(self, api):
        service = a_service()
        ProvisioningRun.objects.update(status=RunStatus.SUCCEEDED)

        assert told(api.post("/provision", {"service_id": str(service.id)})) == (
            409,
            "already_provisioned",
        )

    def test_refuses_what_is_not_paid(self, api):
        order = an_order()

        assert told(api.post("/provision", {"order_id": str(order.id)})) == (
            409,
            "order_unpaid",
        )

    def test_knows_what_an_order_bought(self, api):
        service = a_service()
        line = api.get(f"/services/{service.id}?expand=order").json()

        answer = api.post("/provision", {"order_id": line["order"]["id"]})

        assert answer.json()["service_id"] == str(service.id)

    @pytest.mark.parametrize(
        "body", [{}, {"service_id": str(uuid4()), "order_id": str(uuid4())}]
    )
    def test_is_of_one_thing(self, api, body):
        assert told(api.post("/provision", body)) == (422, "invalid")

    def test_of_nothing_is_absent(self, api):
        assert told(api.post("/provision", {"service_id": str(uuid4())})) == (
            404,
            "no_such_service",
        )
        assert told(api.post("/provision", {"order_id": str(uuid4())})) == (
            404,
            "no_such_order",
        )


class TestDomains:
    @pytest.fixture
    def zones(self, monkeypatch):
        zones = ZonesInMemory()
        monkeypatch.setitem(dns_hosts, "whm", lambda reference: zones)
        return zones

    @pytest.fixture
    def service(self):
        service = a_service()
        service.place(a_server())
        service.activate(at=NOON)
        return service

    def test_are_asked_for_and_come_to_be(self, api, service, zones):
        body = {"service_id": str(service.id), "domain": "loja.com.br"}

        answer = api.post("/domains", body)

        assert answer.status_code == 202
        assert answer.json()["status"] == "pending"
        run_jobs(raise_failures=False)
        found = api.get(answer.headers["Location"].removeprefix("/v1")).json()
        assert found["status"] == "active"
        assert {record["name"] for record in found["records"]} == {
            "loja.com.br",
            "www.loja.com.br",
        }

    def test_are_one_however_often_asked_for(self, api, service):
        body = {"service_id": str(service.id), "domain": "loja.com.br"}

        first, again = api.post("/domains", body).json(), api.post("/domains", body).json()

        assert first["id"] == again["id"]
        assert Zone.objects.count() == 1

    def test_are_as_many_as_plan_and_addons_allow(self, api, service, published):
        subscription = subscription_of(service)
        Subscription.objects.filter(pk=subscription.id).update(anchor_day=1)
        Plan.objects.filter(pk=subscription.price.plan_id).update(
            limits={"sites": 2, "disk_gb": 5}
        )

        def ask(name):
            return api.post(
                "/domains", {"service_id": str(service.id), "domain": f"{name}.com.br"}
            )

        assert {ask(name).status_code for name in ("um", "dois", "um")} == {202}
        refused = ask("tres")
        assert told(refused) == (409, "plan_limit_reached")
        assert "permite 2 sites, e já há 2" in refused.json()["detail"]
        assert Zone.objects.count() == 2

        sold = take_over_addon(subscription, an_addon(limits={"sites": 1}, max_quantity=3), 2)
        assert ask("tres").status_code == 202
        Service.objects.filter(pk=service.id).update(disk_used=734 << 20, disk_seen_at=NOON)
        limits = api.get(f"/subscriptions/{subscription.id}/limits").json()["limits"]
        said = [
            tuple(one[key] for key in ("key", "used", "most", "used_bytes")) for one in limits
        ]
        assert said == [("sites", 3, 4, None), ("disk_gb", 1, 5, 734 << 20)]
        assert [bool(one["seen_at"]) for one in limits] == [False, True]
        assert api.get(f"/subscriptions/{sold}/limits").json()["limits"][0]["most"] == 2
        assert ask("quatro").status_code == 202
        names = [one.name for one in published if one.name.startswith("subscription.limit")]
        assert names == ["subscription.limit_reached", "subscription.limit_reached"]

    def test_wait_for_an_active_service(self, api):
        body = {"service_id": str(a_service().id), "domain": "loja.com.br"}

        assert told(api.post("/domains", body)) == (409, "service_not_active")

    def test_are_listed(self, api, service):
        api.post("/domains", {"service_id": str(service.id), "domain": "loja.com.br"})

        (found,) = api.get(f"/domains?service_id={service.id}&status=pending").json()["data"]
        assert found["domain"] == "loja.com.br"


class TestInvoices:
    def test_show_what_they_ask_for(self, api):
        invoice = an_invoice()

        told = api.get(f"/invoices/{invoice.id}").json()

        assert told["number"] == "A1"
        assert (told["total_cents"], told["currency"]) == (4990, "BRL")
        assert told["due_on"] == "2026-09-01"
        assert told["opened_at"] == "2026-09-01T12:00:00Z"
        assert told["lines"] == [
            {
                "description": "Hospedagem",
                "quantity": 1,
                "unit_cents": 4990,
                "total_cents": 4990,
            }
        ]

    def test_are_listed_by_state(self, api):
        open_one, void_one = an_invoice(), an_invoice()
        void_invoice(invoice_id=void_one.id, at=NOON)

        found = api.get("/invoices?status=open&expand=customer").json()["data"]

        assert [invoice["id"] for invoice in found] == [str(open_one.id)]
        assert found[0]["customer"]["id"] == found[0]["customer_id"]


class TestOrders:
    def test_are_listed_and_shown(self, api):
        order = an_order()

        (listed,) = api.get("/orders?status=awaiting_payment").json()["data"]

        assert listed == api.get(f"/orders/{order.id}").json()
        assert listed["lines"][0]["domain"] == "padaria.com.br"


class TestPlans:
    def test_are_copied_to_the_sandbox_once(self, knock):
        a_price()

        told = [knock("billing:read", mode=Mode.TEST).get("/plans").json() for _ in range(2)]

        assert told[0] == told[1]
        assert [plan["name"] for plan in told[0]["data"]] == ["Essencial"]

    def test_show_what_can_be_bought(self, knock):
        price = a_price()

        (plan,) = knock("billing:read").get("/plans").json()["data"]

        assert plan["prices"] == [
            {
                "object": "price",
                "id": str(price.id),
                "plan_id": str(price.plan_id),
                "cycle": "monthly",
                "amount_cents": 2990,
                "setup_cents": 0,
                "trial_days": 0,
                "trial_card": False,
                "currency": "BRL",
            }
        ]


class TestLife:
    @pytest.fixture
    def clock(self):
        return HandClock()

    @pytest.fixture
    def panel(self, monkeypatch):
        panel = PanelInMemory()
        monkeypatch.setitem(panels, "whm", lambda access: panel)
        monkeypatch.setitem(dns_hosts, "whm", lambda reference: ZonesInMemory())
        return panel

    @pytest.fixture
    def live(self, tenant, panel, clock):
        return a_live_service(clock)

    def test_is_suspended_and_shows_why_and_since_when(self, api, live, clock):
        body = {"cause": "abuse", "reason": "Envio de spam"}
        answer = api.post(f"/services/{live.id}/suspend", body)

        assert answer.status_code == 202
        assert (answer.json()["status"], answer.json()["suspension_cause"]) == (
            "active",
            "abuse",
        )
        settle(live, clock)
        told_now = api.get(f"/services/{live.id}").json()
        assert told_now["status"] == "suspended"
        assert told_now["suspended_since"] is not None
        assert "spam" not in str(told_now)

    def test_twice_is_once(self, api, live, panel, clock):
        for _ in range(2):
            assert api.post(f"/services/{live.id}/suspend", {"reason": "x"}).status_code == 202
        settle(live, clock)

        assert panel.asked.count("suspend") == 1

    def test_goes_on(self, api, live, clock):
        api.post(f"/services/{live.id}/suspend", {"reason": "x"})
        settle(live, clock)
        assert api.post(f"/services/{live.id}/resume", {"reason": "y"}).status_code == 202
        settle(live, clock)

        told_now = api.get(f"/services/{live.id}").json()
        assert (told_now["status"], told_now["suspended_since"]) == ("active", None)

    def test_has_a_day_set_for_its_removal_and_taken_back(self, api, live, clock):
        path = f"/services/{live.id}"
        assert told(api.post(f"{path}/schedule-removal")) == (409, "service_not_suspended")
        api.post(f"{path}/suspend", {"reason": "x"})
        settle(live, clock)

        days = [api.post(f"{path}/schedule-removal").json()["removal_due_at"] for _ in "ab"]
        kept = api.post(f"{path}/cancel-removal").json()

        assert days[0] == days[1] is not None
        assert (kept["removal_due_at"], kept["status"]) == (None, "suspended")
        assert told(api.post(f"{path}/cancel-removal")) == (409, "no_removal_planned")

    def test_refuses_what_makes_no_sense(self, api, live):
        body = {"reason": "y"}
        assert told(api.post(f"/services/{live.id}/resume", body)) == (
            409,
            "service_not_suspended",
        )
        assert told(api.post(f"/services/{uuid4()}/suspend", body)) == (404, "no_such_service")
        assert api.post(f"/services/{live.id}/suspend", {}).status_code == 422
        unpaid = {"reason": "x", "cause": "unpaid"}
        assert api.post(f"/services/{live.id}/suspend", unpaid).status_code == 422

    def test_is_not_for_who_only_reads(self, knock, live):
        reader = knock("services:read")
        assert reader.post(f"/services/{live.id}/suspend", {"reason": "x"}).status_code == 403
