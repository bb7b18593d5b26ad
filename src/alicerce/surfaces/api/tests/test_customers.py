"""Customers by API, and how every list goes on."""

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.customers.models import Customer
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.developers.models import ApiKey
from alicerce.apps.orders.services.release_order import release_order
from alicerce.apps.orders.tests.factories import NOON, an_order
from alicerce.surfaces.api.tests.conftest import RENATA, places, told


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

    @pytest.mark.parametrize("name", ["name", "email", "locale"])
    def test_keep_what_they_cannot_be_without(self, api, name):
        path = f"/customers/{a_customer().id}"
        before = api.get(path).json()

        answer = api.patch(path, {name: None}, If_Match="*")

        assert answer.status_code == 422
        assert [pointer for pointer, _ in places(answer)] == [f"/{name}"]
        assert api.get(path).json() == before

    def test_lose_what_is_emptied_and_keep_what_is_not_named(self, api):
        made = api.post("/customers", RENATA).json()

        changed = api.patch(f"/customers/{made['id']}", {"document": None}, If_Match="*")

        assert changed.json() == {**made, "document": "", "document_kind": ""}

    def test_are_blocked_closed_and_taken_back(self, api, published):
        path = f"/customers/{a_customer().id}"

        said = [
            api.post(f"{path}/{verb}").json()["status"]
            for verb in ("block", "block", "unblock", "unblock", "close", "close", "reopen")
        ]

        assert said == ["blocked", "blocked", "active", "active", "closed", "closed", "active"]
        assert [fact.name for fact in published] == [
            "customer.blocked",
            "customer.unblocked",
            "customer.closed",
            "customer.reopened",
        ]
        assert api.get(path).json()["status"] == "active"

    def test_that_are_closed_are_neither_blocked_nor_quietly_opened(self, api):
        path = f"/customers/{a_customer(status='closed').id}"

        assert told(api.post(f"{path}/block")) == (409, "customer_closed")
        assert api.post(f"{path}/unblock").json()["status"] == "closed"

    def test_that_are_owed_something_are_not_closed(self, api):
        order = an_order()
        release_order(order_id=order.id, at=NOON)

        answer = api.post(f"/customers/{order.customer_id}/close")

        assert told(answer) == (409, "customer_has_services")
        assert api.get(f"/customers/{order.customer_id}").json()["status"] == "active"

    def test_do_not_change_their_status_among_their_facts(self, api):
        path = f"/customers/{a_customer().id}"

        answer = api.patch(path, {"status": "blocked"}, If_Match="*")

        assert places(answer) == {("/status", "unknown")}

    def test_are_not_blocked_by_who_only_reads(self, knock):
        path = f"/customers/{a_customer().id}/block"

        assert told(knock("customers:read").post(path)) == (403, "insufficient_scope")

    def test_are_listed_by_their_status(self, api):
        a_customer()
        blocked = a_customer(status="blocked")

        found = api.get("/customers?status=blocked").json()["data"]

        assert [customer["id"] for customer in found] == [str(blocked.id)]
        assert places(api.get("/customers?status=gone")) == {("status", "not_a_choice")}

    def test_are_not_sent_again_to_who_has_them(self, api):
        path = f"/customers/{a_customer().id}"
        tag = api.get(path).headers["ETag"]

        for known in (tag, f"W/{tag}", f'"other", W/{tag}', "*"):
            assert api.get(path, If_None_Match=known).status_code == 304
        assert api.get(path, If_None_Match='W/"other"').status_code == 200
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
            ("sort=email", ("sort", "not_a_choice")),
            ("nome=x", ("nome", "unknown")),
            ("email__startswith=a", ("email__startswith", "unknown")),
        ],
    )
    def test_take_what_they_know(self, api, query, place):
        answer = api.get(f"/customers?{query}")

        assert told(answer) == (422, "invalid")
        assert places(answer) == {place}
