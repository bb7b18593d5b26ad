"""A forecast by API: asked for, waited for, and read by cursor."""

from uuid import UUID

from alicerce.apps.catalog.models import Price
from alicerce.apps.forecasts.services.run import take_forecast_on
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.kernel.clock import now


def body(answer):
    return answer.json()


class TestForecasts:
    def test_are_asked_for_and_read_by_cursor(self, api):
        plan_id = Price.objects.get(pk=a_subscription().price_id).plan_id
        price = {"plan_id": str(plan_id), "since": "2020-01-01", "amount_cents": 4000}
        assert api.post("/forecasts", {"what_if": {"price": price}}).status_code == 422

        change = {"price": {**price, "cycle": "monthly"}}
        asked = api.post("/forecasts", {"months": 3, "what_if": change})
        assert (asked.status_code, body(asked)["state"]) == (202, "running")
        assert api.post("/forecasts", {}).status_code == 409
        take_forecast_on(forecast_id=UUID(body(asked)["id"]), step=0, at=now())

        path = f"/forecasts/{body(asked)['id']}"
        ready = body(api.get(path))
        assert (ready["state"], ready["changes"]) == ("ready", ["price"])
        assert sum(
            one["changed_cents"] for one in ready["sums"] if one["measure"] == "invoices"
        )
        first = body(api.get(f"{path}/invoices?side=changed&limit=1"))
        following = body(api.get(f"{path}/invoices?side=changed&cursor={first['next_cursor']}"))
        asked_for = [one["total_cents"] for one in [*first["data"], *following["data"]]]
        assert asked_for == [4000] * len(asked_for)
        assert first["data"][0]["lines"][0]["unit_cents"] == 4000
        letters = body(api.get(f"{path}/happenings?kind=mail&limit=100"))["data"]
        assert {one["kind"] for one in letters} == {"mail"}
        assert [one["id"] for one in body(api.get("/forecasts"))["data"]] == [ready["id"]]
        assert api.post(f"{path}/cancel").status_code == 409
