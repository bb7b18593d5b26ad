"""What integrations remember about things, by the API."""

import pytest

from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.dns.models import Zone
from alicerce.apps.hosting.tests.factories import a_service
from alicerce.apps.orders.tests.factories import an_order
from alicerce.kernel.ids import uuid7
from alicerce.surfaces.api.tests.conftest import RENATA, places, told


def a_zone():
    return Zone.objects.create(
        service_id=uuid7(), domain="padaria.com.br", host="memory", reference=""
    )


MADE = {
    "customers": a_customer,
    "orders": an_order,
    "invoices": an_invoice,
    "services": a_service,
    "domains": a_zone,
}


@pytest.mark.parametrize("what", MADE)
class TestMetadata:
    def test_is_put_read_found_and_taken_away(self, api, what):
        path = f"/{what}/{MADE[what]().id}"
        tag = api.get(path).headers["ETag"]

        answer = api.patch(path, {"metadata": {"erp_id": "4711", "loja": "1"}}, If_Match=tag)

        assert answer.json()["metadata"] == {"erp_id": "4711", "loja": "1"}
        assert api.get(path).json() == answer.json()
        assert told(api.patch(path, {"metadata": {}}, If_Match=tag)) == (
            412,
            "precondition_failed",
        )
        found = api.get(f"/{what}?metadata[erp_id]=4711&metadata[loja]=1").json()["data"]
        assert [one["metadata"]["erp_id"] for one in found] == ["4711"]
        assert api.get(f"/{what}?metadata[erp_id]=4712").json()["data"] == []
        assert api.get(f"/{what}?metadata[erp_id]=4711&metadata[loja]=2").json()["data"] == []
        gone = api.patch(path, {"metadata": {"loja": None}}, If_Match="*").json()
        assert gone["metadata"] == {"erp_id": "4711"}

    @pytest.mark.parametrize(
        ("said", "pointer"),
        [
            ({"a b": "x"}, "/metadata/a b/[key]"),
            ({"a": "x" * 501}, "/metadata/a"),
            ({"a": 1}, "/metadata/a"),
            (None, "/metadata"),
            ({f"n{n}": "" for n in range(21)}, "/metadata"),
        ],
        ids=["name", "long", "number", "null", "many"],
    )
    def test_is_words_by_name(self, api, what, said, pointer):
        answer = api.patch(f"/{what}/{MADE[what]().id}", {"metadata": said}, If_Match="*")

        assert answer.status_code == 422
        assert {place for place, _ in places(answer)} == {pointer}

    def test_is_asked_for_by_a_name_that_may_be(self, api, what):
        answer = api.get(f"/{what}?metadata[a%20b]=1")

        assert places(answer) == {("metadata[a b]", "unknown")}


class TestWithMetadata:
    def test_a_customer_is_created(self, api):
        made = api.post("/customers", {**RENATA, "metadata": {"crm": "7"}}).json()

        assert made["metadata"] == {"crm": "7"}

    def test_a_thing_takes_no_more_than_fits(self, api):
        path = f"/orders/{an_order().id}"
        api.patch(path, {"metadata": {f"n{n}": "x" for n in range(20)}}, If_Match="*")

        answer = api.patch(path, {"metadata": {"more": "x"}}, If_Match="*")

        assert told(answer) == (422, "too_much_metadata")

    def test_a_thing_is_written_on_by_who_may(self, knock):
        path = f"/orders/{an_order().id}"
        reader = knock("orders:read")

        assert told(reader.patch(path, {"metadata": {}}, If_Match="*")) == (
            403,
            "insufficient_scope",
        )
