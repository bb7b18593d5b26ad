"""What each endpoint does, and to whom it refuses it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.customers.models import Customer
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.developers.models import ApiKey
from alicerce.apps.dns.models import Zone
from alicerce.apps.dns.ports import dns_hosts
from alicerce.apps.dns.tests.doubles import ZonesInMemory
from alicerce.apps.hosting.models import ProvisioningRun
from alicerce.apps.hosting.tests.factories import NOON, a_server, a_service, run_of
from alicerce.apps.hosting.types import RunStatus
from alicerce.apps.orders.models import Order
from alicerce.apps.orders.tests.factories import an_order
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.api.tests.conftest import Api

RENATA = {"name": "Renata Souza", "email": "Renata@Example.com", "document": "529.982.247-25"}


def told(answer):
    return answer.status_code, answer.json()["code"]


def places(answer):
    return {(error["pointer"], error["code"]) for error in answer.json()["errors"]}


class TestCustomers:
    def test_are_created(self, api, tenant):
        answer = api.post("/customers", RENATA)

        made = answer.json()
        assert answer.status_code == 201
        assert answer.headers["Location"] == f"/v1/customers/{made['id']}"
        assert made["email"] == "renata@example.com"
        assert (made["document"], made["document_kind"]) == ("52998224725", "cpf")
        assert api.get(f"/customers/{made['id']}").json() == made

    def test_leave_a_trail_that_names_the_key(self, api):
        api.post("/customers", RENATA)

        entry = Entry.objects.get(action="customer.created")
        assert entry.actor == f"key:{ApiKey.objects.get().id}"

    def test_are_created_once(self, api):
        api.post("/customers", RENATA)

        assert told(api.post("/customers", RENATA)) == (409, "customer_taken")
        assert Customer.objects.count() == 1

    def test_are_refused_field_by_field(self, api):
        answer = api.post("/customers", {"email": "x", "document": "1", "tenant_id": "y"})

        assert told(answer) == (422, "invalid")
        assert places(answer) == {
            ("/name", "required"),
            ("/email", "bad_value"),
            ("/document", "bad_value"),
            ("/tenant_id", "unknown"),
        }

    @pytest.mark.parametrize(
        ("body", "refusal"),
        [
            (b"{", (400, "malformed")),
            (b"[" * 10_000, (400, "malformed")),
            (b'{"name": "\\u0000"}', (400, "malformed")),
            (b"\xff\xfe", (400, "malformed")),
            (b'{"name": "' + b"x" * 300_000 + b'"}', (413, "too_large")),
            (b"[]", (422, "invalid")),
            (b"null", (422, "invalid")),
        ],
        ids=["cut", "deep", "nul", "not-text", "huge", "a-list", "null"],
    )
    def test_are_read_from_an_object_of_json(self, api, body, refusal):
        assert told(api.post("/customers", body)) == refusal

    def test_come_as_json_only(self, api):
        answer = api.client.post("/v1/customers", RENATA, headers=api.headers)

        assert told(answer) == (415, "unsupported_media_type")

    def test_are_changed_by_who_read_them(self, api):
        made = api.post("/customers", RENATA)
        tag = api.get(f"/customers/{made.json()['id']}").headers["ETag"]
        path = f"/customers/{made.json()['id']}"

        changed = api.patch(path, {"name": "Renata S."}, If_Match=tag)

        assert changed.status_code == 200
        assert changed.json() == {**made.json(), "name": "Renata S."}
        assert told(api.patch(path, {"name": "X"}, If_Match=tag)) == (
            412,
            "precondition_failed",
        )
        assert told(api.patch(path, {"name": "X"})) == (428, "precondition_required")
        assert (
            api.patch(path, {"name": "R"}, If_Match=changed.headers["ETag"]).status_code == 200
        )

    def test_are_not_sent_again_to_who_has_them(self, api):
        path = f"/customers/{a_customer().id}"
        tag = api.get(path).headers["ETag"]

        assert api.get(path, If_None_Match=tag).status_code == 304
        assert api.get(path, If_None_Match='"other"').status_code == 200

    def test_are_found_by_their_email(self, api):
        a_customer(email="ana@example.com")
        a_customer(email="bia@example.com")

        found = api.get("/customers?email=Bia@example.com").json()["data"]
        assert [customer["email"] for customer in found] == ["bia@example.com"]


class TestLists:
    def test_go_on_where_they_stopped(self, api):
        names = [a_customer(name=f"C{n}").name for n in range(5)]
        seen, cursor = [], ""
        for _ in range(3):
            page = api.get(f"/customers?limit=2{cursor}").json()
            seen += [customer["name"] for customer in page["data"]]
            cursor = f"&cursor={page['next_cursor']}"

        assert seen == names[::-1]
        assert (page["has_more"], page["next_cursor"]) == (False, None)
        assert (page["object"], page["url"]) == ("list", "/v1/customers")

    def test_go_the_other_way(self, api):
        names = [a_customer(name=f"C{n}").name for n in range(3)]
        first = api.get("/customers?sort=created_at&limit=2").json()
        rest = api.get(f"/customers?sort=created_at&cursor={first['next_cursor']}").json()

        assert [c["name"] for c in first["data"] + rest["data"]] == names

    @pytest.mark.parametrize("cursor", ["x", "%F0%9F%98%80", "AAAA", "-" * 24])
    def test_know_their_own_cursors(self, api, cursor):
        answer = api.get(f"/customers?cursor={cursor}")

        assert places(answer) == {("cursor", "bad_cursor")}

    @pytest.mark.parametrize(
        ("query", "place"),
        [
            ("limit=0", ("limit", "out_of_range")),
            ("limit=101", ("limit", "out_of_range")),
            ("limit=x", ("limit", "bad_value")),
            ("sort=name", ("sort", "not_a_choice")),
            ("nome=x", ("nome", "unknown")),
            ("email__startswith=a", ("email__startswith", "unknown")),
        ],
    )
    def test_take_what_they_know(self, api, query, place):
        answer = api.get(f"/customers?{query}")

        assert told(answer) == (422, "invalid")
        assert places(answer) == {place}


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
    def test_show_what_can_be_bought(self, knock):
        price = a_price()

        (plan,) = knock("billing:read").get("/plans").json()["data"]

        assert plan["prices"] == [
            {
                "object": "price",
                "id": str(price.id),
                "cycle": "monthly",
                "amount_cents": 2990,
                "currency": "BRL",
            }
        ]


class TestKeys:
    def test_are_made_by_a_key_within_its_own_scopes(self, knock):
        caller = knock("keys:write", "customers:read")

        made = caller.post("/keys", {"name": "Outra", "scopes": ["customers:read"]})

        assert made.status_code == 201
        assert Api(made.json()["secret"]).get("/me").json()["scopes"] == ["customers:read"]
        assert told(caller.post("/keys", {"name": "x", "scopes": ["billing:read"]})) == (
            422,
            "scope_not_held",
        )

    def test_are_shown_without_their_secret(self, api):
        (key,) = api.get("/keys").json()["data"]

        assert key["shown"].startswith("sk_live_")
        assert "secret" not in key
        assert api.headers["Authorization"].removeprefix("Bearer ") not in str(key)

    def test_are_exchanged_with_both_opening_for_a_while(self, api):
        (old,) = api.get("/keys").json()["data"]

        heir = api.post(f"/keys/{old['id']}/rotate", {"overlap_seconds": 3600}).json()

        assert api.get("/me").status_code == 200
        assert Api(heir["secret"]).get("/me").status_code == 200
        assert told(api.post(f"/keys/{old['id']}/rotate")) == (409, "key_already_rotated")

    def test_are_exchanged_at_once_when_so_wished(self, api):
        (old,) = api.get("/keys").json()["data"]

        api.post(f"/keys/{old['id']}/rotate", {"overlap_seconds": 0})

        assert told(api.get("/me")) == (401, "unauthenticated")

    def test_are_revoked(self, api, knock):
        other = knock("billing:read")
        key = ApiKey.objects.order_by("-id").first()

        answer = api.post(f"/keys/{key.id}/revoke")

        assert answer.json()["status"] == "revoked"
        assert told(other.get("/me")) == (401, "unauthenticated")

    @pytest.mark.parametrize("network", ["x", "192.0.2.0/99", ""])
    def test_open_from_networks_that_exist(self, api, network):
        body = {"name": "x", "scopes": ["keys:read"], "networks": [network]}

        assert told(api.post("/keys", body)) == (422, "bad_network")


class TestIdempotency:
    def test_does_it_once_and_answers_the_same(self, api):
        first = api.post("/customers", RENATA, Idempotency_Key="k1")
        again = api.post("/customers", RENATA, Idempotency_Key="k1")

        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert again.headers["Location"] == first.headers["Location"]
        assert again.headers["Idempotent-Replayed"] == "true"
        assert "Idempotent-Replayed" not in first.headers
        assert Customer.objects.count() == 1

    def test_refuses_another_body(self, api):
        api.post("/customers", RENATA, Idempotency_Key="k1")
        other = {**RENATA, "name": "Outra"}

        assert told(api.post("/customers", other, Idempotency_Key="k1")) == (
            422,
            "idempotency_key_reused",
        )

    def test_repeats_a_refusal_too(self, api):
        api.post("/customers", RENATA)
        first = api.post("/customers", RENATA, Idempotency_Key="k1")
        Customer.objects.all().delete()
        again = api.post("/customers", RENATA, Idempotency_Key="k1")

        assert first.status_code == again.status_code == 409
        assert again.headers["Idempotent-Replayed"] == "true"

    def test_forgets_what_never_began(self, api):
        assert api.post("/customers", {}, Idempotency_Key="k1").status_code == 422

        assert api.post("/customers", RENATA, Idempotency_Key="k1").status_code == 201

    def test_forgets_what_broke_on_our_side(self, api, monkeypatch):
        with monkeypatch.context() as patch:
            patch.setattr("alicerce.apps.customers.api.create_customer", lambda **_: 1 / 0)
            assert api.post("/customers", RENATA, Idempotency_Key="k1").status_code == 500

        assert api.post("/customers", RENATA, Idempotency_Key="k1").status_code == 201

    def test_is_of_one_key_and_one_route(self, knock):
        one, other = knock(), knock()

        assert one.post("/customers", RENATA, Idempotency_Key="k").status_code == 201
        assert other.post("/customers", RENATA, Idempotency_Key="k").status_code == 409
        body = {"name": "x", "scopes": ["keys:read"]}
        assert one.post("/keys", body, Idempotency_Key="k").status_code == 201

    def test_ends_after_a_day(self, api):
        from alicerce.apps.developers.models import KeptAnswer

        api.post("/customers", RENATA, Idempotency_Key="k1")
        KeptAnswer.objects.update(answered_at=NOON - timedelta(days=100))

        assert told(api.post("/customers", RENATA, Idempotency_Key="k1")) == (
            409,
            "customer_taken",
        )

    @pytest.mark.parametrize("key", ["", " ", "ç", "x" * 256])
    def test_wants_a_key_that_is_one(self, api, key):
        assert told(api.post("/customers", RENATA, Idempotency_Key=key)) == (
            400,
            "bad_idempotency_key",
        )

    def test_keeps_no_secret_in_the_clear(self, api):
        from alicerce.apps.developers.models import KeptAnswer

        made = api.post("/keys", {"name": "x", "scopes": ["keys:read"]}, Idempotency_Key="k")

        assert made.json()["secret"].encode() not in bytes(KeptAnswer.objects.get().body)
