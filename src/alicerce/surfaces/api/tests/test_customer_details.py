"""Customers by API: everything that the page knows of them, and what is beside them."""

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.customers.models import Customer
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.developers.models import ApiKey
from alicerce.surfaces.api.tests.conftest import RENATA, places, told


class TestCustomersAsOnThePage:
    WHOLE = {
        **RENATA,
        "kind": "company",
        "name": "Padaria S/A",
        "trade_name": "Padaria",
        "document": "11.222.333/0001-81",
        "phone": "(41) 99999-0000",
        "tags": ["VIP", "vip "],
        "external_reference": "ERP-77",
        "state_registration": "123",
        "city_registration": "456",
        "iss_withheld": True,
    }

    def test_are_written_down_with_everything(self, api):
        tier = api.post("/tiers", {"name": "Ouro"}).json()["id"]

        made = api.post("/customers", {**self.WHOLE, "tier_id": tier}).json()

        assert {name: made[name] for name in (*self.WHOLE, "tier_id")} == {
            **self.WHOLE,
            "email": "renata@example.com",
            "document": "11222333000181",
            "phone": "41999990000",
            "tags": ["vip"],
            "tier_id": tier,
        }
        for query in (f"tier_id={tier}", "tag=VIP", "external_reference=ERP-77"):
            assert [c["id"] for c in api.get(f"/customers?{query}").json()["data"]] == [
                made["id"]
            ]
        assert api.get("/customers?tag=x").json()["data"] == []

    def test_need_no_document(self, api):
        made = api.post("/customers", {"name": "Ana", "email": "ana@example.com"})

        assert (made.status_code, made.json()["document"]) == (201, "")

    def test_are_emptied_field_by_field(self, api, published):
        tier = api.post("/tiers", {"name": "Ouro"}).json()["id"]
        made = api.post("/customers", {**self.WHOLE, "tier_id": tier}).json()
        names = ("tier_id", "phone", "trade_name", "external_reference")

        changed = api.patch(
            f"/customers/{made['id']}", dict.fromkeys(names) | {"tags": []}, If_Match="*"
        ).json()

        assert changed == {**made, **dict.fromkeys(names, ""), "tier_id": None, "tags": []}
        assert set(published[-1].fields) == {*names, "tags"}

    def test_are_put_into_tiers_that_are_there(self, api):
        answer = api.post("/customers", {**RENATA, "tier_id": str(a_customer().id)})

        assert answer.status_code == 422
        assert places(answer) == {("/tier_id", "bad_customer")}


class TestWhatIsBesideThem:
    ADDRESS = {
        "kind": "billing",
        "postal_code": "80010-000",
        "street": "Rua XV",
        "number": "1",
        "district": "Centro",
        "city": "Curitiba",
        "state": "PR",
    }

    def test_has_one_address_for_billing(self, api):
        path = f"/customers/{a_customer().id}/addresses"
        api.post(path, self.ADDRESS)

        made = api.post(path, {**self.ADDRESS, "number": "2"})

        assert made.status_code == 201
        assert made.json()["postal_code"] == "80010000"
        assert api.get(path).json()["data"] == [made.json()]
        place = made.headers["Location"].removeprefix("/v1")
        assert api.get(place).json() == made.json()
        assert api.ask("delete", place).json()["deleted"]
        assert api.ask("delete", place).status_code == 404
        assert api.get(path).json()["data"] == []
        assert Entry.objects.filter(action="customer.address_removed").count() == 1

    @pytest.mark.parametrize(
        ("name", "value", "code"),
        [("postal_code", "123", "bad_value"), ("state", "XX", "not_a_choice"),
         ("street", " ", "too_short"), ("city", None, "bad_value")],
    )  # fmt: skip
    def test_is_checked_as_on_the_page(self, api, name, value, code):
        path = f"/customers/{a_customer().id}/addresses"

        answer = api.post(path, {**self.ADDRESS, name: value})

        assert places(answer) == {(f"/{name}", code)}

    def test_has_contacts(self, api):
        path = f"/customers/{a_customer().id}/contacts"

        made = api.post(
            path, {"name": "Bruno", "role": "technical", "phone": "+55 41 98888-0000"}
        ).json()

        assert (made["name"], made["phone"], made["email"]) == ("Bruno", "+5541988880000", "")
        assert api.get(path).json()["data"] == [made]
        assert api.ask("delete", f"{path}/{made['id']}").json()["deleted"]

    def test_has_notes_that_say_who_wrote_them(self, api):
        path = f"/customers/{a_customer().id}/notes"

        made = api.post(path, {"body": "Prefere falar à tarde."}).json()

        assert made["author"] == f"key:{ApiKey.objects.get().id}"
        assert api.get(path).json()["data"] == [made]
        assert api.get(f"{path}/{made['id']}").json() == made
        assert api.ask("delete", f"{path}/{made['id']}").status_code == 405

    def test_is_of_that_customer_only(self, api):
        mine = f"/customers/{a_customer().id}/addresses"
        made = api.post(mine, self.ADDRESS).json()
        others = f"/customers/{a_customer().id}/addresses"

        assert api.get(f"{others}/{made['id']}").status_code == 404
        assert api.ask("delete", f"{others}/{made['id']}").status_code == 404
        assert api.get(others).json()["data"] == []

    def test_is_written_by_who_may(self, knock):
        path = f"/customers/{a_customer().id}/addresses"
        reader = knock("customers:read")

        assert reader.get(path).status_code == 200
        assert told(reader.post(path, self.ADDRESS)) == (403, "insufficient_scope")


class TestTiers:
    def test_are_made_renamed_and_dropped(self, api):
        made = api.post("/tiers", {"name": "Ouro"}).json()
        path = f"/tiers/{made['id']}"

        assert told(api.post("/tiers", {"name": "Ouro"})) == (409, "tier_taken")
        assert told(api.patch(path, {"name": "Prata"})) == (428, "precondition_required")
        tag = api.get(path).headers["ETag"]
        assert api.patch(path, {"name": "Prata"}, If_Match=tag).json()["name"] == "Prata"
        a_customer(tier_id=made["id"])
        assert told(api.ask("delete", path)) == (409, "tier_in_use")
        Customer.objects.update(tier=None)
        assert api.ask("delete", path).json()["deleted"]
        assert api.get("/tiers").json()["data"] == []
