"""A forecast by API: asked for, waited for, and read by cursor."""

from alicerce.apps.catalog.models import Price
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.api.tests.conftest import told


class TestForecasts:
    def test_are_asked_for_and_read_by_cursor(self, api):
        plan_id = Price.objects.get(pk=a_subscription().price_id).plan_id
        price = {"plan_id": str(plan_id), "since": "2020-01-01", "amount_cents": 4000}
        assert api.post("/forecasts", {"what_if": {"price": price}}).status_code == 422

        change = {"price": {**price, "cycle": "monthly"}}
        asked = api.post("/forecasts", {"months": 3, "what_if": change})
        assert (asked.status_code, told(asked)["state"]) == (202, "running")
        assert api.post("/forecasts", {}).status_code == 409
        run_jobs()

        path = f"/forecasts/{told(asked)['id']}"
        ready = told(api.get(path))
        assert (ready["state"], ready["changes"]) == ("ready", ["price"])
        assert sum(
            one["changed_cents"] for one in ready["sums"] if one["measure"] == "invoices"
        )
        first = told(api.get(f"{path}/invoices?side=changed&limit=1"))
        following = told(api.get(f"{path}/invoices?side=changed&cursor={first['next_cursor']}"))
        asked_for = [one["total_cents"] for one in [*first["data"], *following["data"]]]
        assert asked_for == [4000] * len(asked_for)
        assert first["data"][0]["lines"][0]["unit_cents"] == 4000
        letters = told(api.get(f"{path}/happenings?kind=mail&limit=100"))["data"]
        assert {one["kind"] for one in letters} == {"mail"}
        assert [one["id"] for one in told(api.get("/forecasts"))["data"]] == [ready["id"]]
        assert api.post(f"{path}/cancel").status_code == 409
