"""Programs write what a plan asks, and answer it when they order."""

from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.surfaces.api.tests.conftest import places, told


def test_a_field_is_asked_by_api_with_a_pointer_to_what_is_wrong(api, knock):
    price, customer = a_price(), a_customer()
    path = f"/plans/{price.plan_id}/fields"
    phone = {"kind": "phone", "label": "Contato", "is_personal": True}
    asked = api.post(path, phone).json()
    assert told(api.post(path, {**phone, "is_personal": False})) == (422, "bad_field")
    assert api.get(f"/plans/{price.plan_id}").json()["fields"] == [asked]

    wanted = {
        "customer_id": str(customer.id),
        "price_id": str(price.id),
        "domain": "padaria.com.br",
    }
    pointer = f"/answers/{asked['id']}"
    missing = api.post("/services", wanted)
    assert (missing.status_code, places(missing)) == (422, {(pointer, "bad_answer")})
    order = api.post("/services", {**wanted, "answers": {asked["id"]: "11 99999-0000"}}).json()
    assert [each["value"] for each in order["answers"]] == ["11999990000"]
    few = knock("orders:read").get(f"/orders/{order['id']}").json()
    assert [each["value"] for each in few["answers"]] == [None]
    gone = api.post(f"/plan-fields/{asked['id']}/retire")
    assert (gone.status_code, gone.json()["deleted"]) == (200, True)
    assert api.post("/services", wanted).status_code == 202
