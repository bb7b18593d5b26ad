"""Plans and what they cost, by API."""

import pytest

from alicerce.apps.catalog.models import Plan, Price
from alicerce.apps.catalog.services.change_plan import retire_plan
from alicerce.apps.catalog.tests.factories import NOON, a_plan, a_price, an_option
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.orders.tests.factories import an_order
from alicerce.surfaces.api.tests.conftest import places, told

PRO = {
    "product_kind": "hosting.account",
    "product_name": "Hospedagem",
    "name": "Pro",
    "features": ["10 sites"],
    "spec": {"package": "pro", "region": ""},
    "limits": {"sites": 10, "traffic_gb": None},
}
MONTHLY = {"cycle": "monthly", "amount_cents": 4990, "setup_cents": 1000}


class TestPlans:
    def test_are_created_priced_and_sold(self, api):
        made = api.post("/plans", PRO)
        plan = made.json()
        assert made.status_code == 201
        assert made.headers["Location"] == f"/v1/plans/{plan['id']}"
        assert (plan["status"], plan["prices"], plan["stock"]) == ("for_sale", [], None)

        price = api.post(f"/plans/{plan['id']}/prices", MONTHLY).json()

        (listed,) = api.get("/plans").json()["data"]
        assert [p["id"] for p in listed["prices"]] == [price["id"]]
        assert listed["limits"] == {"sites": 10, "traffic_gb": None}
        assert "spec" not in listed

    @pytest.mark.parametrize(
        ("given", "refusal"),
        [
            ({"spec": {}}, (422, "bad_plan")),
            ({"product_kind": "rockets"}, (422, "bad_plan")),
            ({"limits": {"planets": 1}}, (422, "invalid")),
            ({"stock": -1}, (422, "invalid")),
            ({"name": " "}, (422, "invalid")),
        ],
    )
    def test_that_nobody_could_deliver_are_refused(self, api, given, refusal):
        assert told(api.post("/plans", PRO | given)) == refusal
        assert Plan.objects.count() == 0

    def test_are_changed_by_who_read_them(self, api):
        made = api.post("/plans", PRO).json()
        path = f"/plans/{made['id']}"
        assert told(api.patch(path, {"stock": 5})) == (428, "precondition_required")

        tag = api.get(path).headers["ETag"]
        changed = api.patch(path, {"stock": 5, "limits": {}}, If_Match=tag)
        assert changed.json() == {**made, "stock": 5, "limits": {}}
        assert told(api.patch(path, {"stock": 6}, If_Match=tag)) == (
            412,
            "precondition_failed",
        )

        again = api.patch(path, {"stock": None, "name": None}, If_Match=changed.headers["ETag"])
        assert (again.json()["stock"], again.json()["name"]) == (None, "Pro")

    def test_that_are_not_for_sale_are_seen_by_who_may(self, api, knock):
        hidden = a_plan(is_visible=False)
        retire_plan(plan_id=a_plan().id, at=NOON)

        assert api.get("/plans").json()["data"] == []
        (row,) = api.get("/plans?status=hidden").json()["data"]
        assert (row["id"], row["status"]) == (str(hidden.id), "hidden")
        assert len(api.get("/plans?status=retired").json()["data"]) == 1

        few = knock("services:create")
        assert few.get("/plans").status_code == 200
        assert told(few.get("/plans?status=hidden")) == (403, "insufficient_scope")
        assert told(few.get(f"/plans/{hidden.id}")) == (403, "insufficient_scope")
        assert told(knock("catalog:read").post("/plans", PRO)) == (403, "insufficient_scope")

    def test_are_retired_for_good(self, api):
        price = a_price()
        path = f"/plans/{price.plan_id}"

        for _ in range(2):
            assert api.post(f"{path}/retire").json()["status"] == "retired"

        assert told(api.post(f"{path}/prices", MONTHLY)) == (409, "plan_retired")
        assert told(api.patch(path, {"name": "X"}, If_Match="*")) == (409, "plan_retired")


class TestPrices:
    def test_are_versions(self, api):
        price = a_price(amount_cents=2990)
        path = f"/plans/{price.plan_id}/prices"

        made = api.post(path, MONTHLY)

        assert made.status_code == 201
        new, old = api.get(path).json()["data"]
        assert (new["id"], new["is_active"], new["setup_cents"]) == (
            made.json()["id"],
            True,
            1000,
        )
        assert (old["id"], old["is_active"], old["amount_cents"]) == (
            str(price.id),
            False,
            2990,
        )
        assert told(api.post(path, MONTHLY)) == (409, "price_in_force")

    def test_sent_again_under_the_same_key_are_made_once(self, api):
        path = f"/plans/{a_plan().id}/prices"

        answers = [api.post(path, MONTHLY, Idempotency_Key="um").json() for _ in range(2)]

        assert answers[0] == answers[1]
        assert Price.objects.count() == 1

    def test_of_what_was_sold_change_for_a_reason(self, api):
        order = an_order(price=(price := a_price()))
        path = f"/plans/{price.plan_id}/prices"

        assert told(api.post(path, MONTHLY)) == (422, "reason_required")
        assert api.post(path, MONTHLY | {"reason": "Custos"}).status_code == 201

        _new, old = api.get(path).json()["data"]
        assert old["sold"] == 1
        assert api.get(f"/orders/{order.id}").json()["total_cents"] == 2990

    def test_end(self, api):
        price = a_price()

        ended = api.post(f"/prices/{price.id}/retire").json()

        assert (ended["is_active"], ended["retired_at"] is not None) == (False, True)
        assert api.post(f"/prices/{price.id}/retire").json() == ended

    def test_are_refused_field_by_field(self, api):
        answer = api.post(
            f"/plans/{a_plan().id}/prices",
            {"cycle": "weekly", "amount_cents": -1, "currency": "real", "tax": 1},
        )

        assert places(answer) == {
            ("/cycle", "not_a_choice"),
            ("/amount_cents", "out_of_range"),
            ("/currency", "bad_format"),
            ("/tax", "unknown"),
        }


class TestOptions:
    def test_are_created_shown_with_the_plan_and_bought(self, api):
        price = a_price()
        made = api.post(
            f"/plans/{price.plan_id}/options",
            {
                "kind": "quantity",
                "name": "Disco extra",
                "limit": "disk_gb",
                "maximum": 10,
                "choices": [
                    {
                        "name": "Disco extra",
                        "adds": 10,
                        "prices": [{"cycle": "monthly", "amount_cents": 990}],
                    }
                ],
            },
        )
        assert made.status_code == 201
        assert api.get("/plans").json()["data"][0]["options"] == [made.json()]

        body = {
            "customer_id": str(a_customer().id),
            "price_id": str(price.id),
            "domain": "padaria.com.br",
            "options": [{"option_id": made.json()["id"], "quantity": 2}],
        }
        order = api.post("/services", body).json()
        assert order["total_cents"] == 2990 + 2 * 990
        assert [item["kind"] for item in order["lines"][0]["items"]] == ["plan", "option"]

        body["options"] = [{"option_id": made.json()["id"], "quantity": 11}]
        assert told(api.post("/services", body)) == (422, "bad_choice")

    def test_are_retired(self, api):
        option = an_option(a_price().plan)

        assert api.post(f"/plan-options/{option.id}/retire").json()["deleted"]
        assert told(api.post(f"/plan-options/{option.id}/retire")) == (404, "no_such_option")

    def test_that_make_no_sense_are_refused(self, api):
        body = {
            "kind": "choice",
            "name": "Sistema",
            "choices": [{"name": "Linux", "prices": []}],
        }

        assert told(api.post(f"/plans/{a_plan().id}/options", body)) == (422, "bad_option")


class TestCoupons:
    def test_are_created_read_redeemed_and_retired(self, api):
        body = {"code": "natal10", "kind": "percent", "percent_bp": 1000, "max_redemptions": 1}
        made = api.post("/coupons", body)
        assert made.status_code == 201
        coupon = made.json()
        assert (coupon["code"], coupon["redeemed"], coupon["cycles"]) == ("NATAL10", 0, None)
        assert told(api.post("/coupons", body)) == (409, "coupon_taken")
        assert told(api.post("/coupons", body | {"percent_bp": None})) == (
            422,
            "bad_coupon_form",
        )

        wanted = {
            "customer_id": str(a_customer().id),
            "price_id": str(a_price().id),
            "domain": "padaria.com.br",
            "coupon": "natal10",
        }
        order = api.post("/services", wanted).json()
        assert (order["total_cents"], order["lines"][0]["coupon"]) == (2691, "NATAL10")
        assert order["lines"][0]["discount_cents"] == 299
        assert api.get(f"/coupons/{coupon['id']}").json()["redeemed"] == 1
        assert told(api.post("/services", wanted)) == (422, "coupon_used_up")

        api.post(f"/orders/{order['id']}/cancel", {})
        assert api.get("/coupons").json()["data"][0]["redeemed"] == 0

        api.post(f"/coupons/{coupon['id']}/retire")
        assert told(api.post("/services", wanted)) == (422, "bad_coupon")

    def test_need_their_scope(self, knock):
        assert told(knock("catalog:read").post("/coupons", {})) == (403, "insufficient_scope")
        assert told(knock("orders:read").get("/coupons")) == (403, "insufficient_scope")
