"""Subscriptions by API: read, canceled, kept."""

from uuid import uuid4

import pytest

from alicerce.apps.subscriptions.tests.factories import a_pending_subscription, a_subscription
from alicerce.surfaces.api.tests.conftest import told


class TestSubscriptions:
    def test_are_listed_and_shown_with_their_items(self, api):
        subscription = a_subscription()

        (listed,) = api.get("/subscriptions?status=active").json()["data"]
        shown = api.get(f"/subscriptions/{subscription.id}?expand=customer").json()

        assert listed["id"] == shown["id"] == str(subscription.id)
        assert shown["customer"]["name"] == "Renata Souza"
        assert (shown["period_starts_on"], shown["period_ends_on"]) == (
            "2026-09-01",
            "2026-10-01",
        )
        assert shown["items"] == [
            {
                "kind": "plan",
                "description": subscription.description,
                "quantity": 1,
                "unit_cents": 2990,
            }
        ]
        assert api.get("/subscriptions?status=ended").json()["data"] == []

    def test_are_canceled_for_the_end_of_the_period_and_kept(self, api):
        path = f"/subscriptions/{a_subscription().id}"

        canceled = api.post(f"{path}/cancel", {"reason": "Mudou"}).json()
        kept = api.post(f"{path}/reactivate").json()

        assert canceled["cancel_at_period_end"]
        assert canceled["ends_on"] == canceled["period_ends_on"]
        assert not kept["cancel_at_period_end"]
        assert told(api.post(f"{path}/reactivate")) == (409, "not_canceled")

    def test_are_canceled_now(self, api):
        path = f"/subscriptions/{a_subscription().id}"

        ended = [api.post(f"{path}/cancel", {"when": "now"}).json() for _ in range(2)]

        assert [one["status"] for one in ended] == ["ended", "ended"]
        assert ended[0]["end_cause"] == "staff"
        assert told(api.post(f"{path}/cancel")) == (409, "subscription_ended")

    def test_that_wait_for_payment_are_canceled_with_their_order(self, api):
        path = f"/subscriptions/{a_pending_subscription().id}/cancel"

        assert told(api.post(path)) == (409, "subscription_not_started")

    @pytest.mark.parametrize("act", ["", "/cancel", "/reactivate"])
    def test_that_do_not_exist_are_not_found(self, api, act):
        path = f"/subscriptions/{uuid4()}{act}"
        answer = api.post(path) if act else api.get(path)

        assert told(answer) == (404, "no_such_subscription")

    def test_are_changed_by_who_may(self, knock):
        path = f"/subscriptions/{a_subscription().id}"

        assert knock("billing:read").get(path).status_code == 200
        assert told(knock("billing:read").post(f"{path}/cancel")) == (
            403,
            "insufficient_scope",
        )
