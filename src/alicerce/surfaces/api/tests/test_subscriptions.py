"""Subscriptions by API: read, canceled, kept."""

from datetime import UTC, datetime
from unittest.mock import patch
from uuid import uuid4

import pytest

from alicerce.apps.catalog.tests.factories import a_field, a_price, an_option
from alicerce.apps.subscriptions.models import Schedule
from alicerce.apps.subscriptions.tests.factories import (
    a_pending_subscription,
    a_subscription,
    an_addon,
)
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
                "option_id": None,
                "choice_id": None,
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

    def test_have_their_billing_paused_resumed_and_moved(self, api):
        path = f"/subscriptions/{a_subscription().id}"

        paused = [api.post(f"{path}/pause-billing").json() for _ in range(2)]
        resumed = [api.post(f"{path}/resume-billing").json() for _ in range(2)]
        moved = api.post(f"{path}/billing-day", {"day": 10})

        assert all(one["paused_at"] and not one["next_bill_on"] for one in paused)
        assert all(one["next_bill_on"] and not one["paused_at"] for one in resumed)
        assert moved.status_code == 200
        assert Schedule.objects.get().billing_day == 10
        assert told(api.post(f"{path}/billing-day", {"day": 32})) == (422, "invalid")
        assert told(api.post(f"{path}/withdraw-change")) == (409, "no_change")
        assert api.post(f"/subscriptions/{uuid4()}/billing-day", {"day": 1}).status_code == 404

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


class TestChangesOfPlan:
    @pytest.fixture(autouse=True)
    def _half_way(self):
        half = datetime(2026, 9, 16, 15, tzinfo=UTC)
        with patch("alicerce.apps.subscriptions.api.changes.now", return_value=half):
            yield

    def test_are_shown_and_made_for_the_same_cents(self, api):
        path, price = f"/subscriptions/{a_subscription().id}", a_price(amount_cents=9990)
        wanted = {"price_id": str(price.id)}

        shown = api.post(f"{path}/change-preview", wanted).json()
        made = api.post(f"{path}/change", {**wanted, "expected_cents": shown["net_cents"]})

        assert [line["amount_cents"] for line in shown["lines"]] == [-1495, 4995]
        assert (shown["net_cents"], shown["due_now_cents"]) == (3500, 3500)
        assert (shown["renews_on"], shown["renewal_cents"]) == ("2026-10-01", 9990)
        assert (made.json()["status"], made.json()["net_cents"]) == ("awaiting", 3500)
        invoice = api.get(f"/invoices/{made.json()['invoice_id']}").json()
        assert invoice["total_cents"] == 3500

    def test_of_other_cents_or_no_price_are_refused(self, api):
        path, price = f"/subscriptions/{a_subscription().id}", a_price(amount_cents=9990)
        wanted = {"price_id": str(price.id), "expected_cents": 1}

        assert told(api.post(f"{path}/change", wanted)) == (409, "preview_outdated")
        unknown = {"price_id": str(uuid4())}
        assert told(api.post(f"{path}/change-preview", unknown)) == (422, "not_for_sale")

    @pytest.mark.parametrize("act", ["change-preview", "change"])
    def test_of_what_does_not_exist_are_not_found(self, api, act):
        wanted = {"price_id": str(uuid4()), "expected_cents": 1}
        answer = api.post(
            f"/subscriptions/{uuid4()}/{act}",
            wanted if act == "change" else {"price_id": wanted["price_id"]},
        )

        assert told(answer) == (404, "no_such_subscription")

    def test_of_options_are_shown_and_made_for_the_same_cents(self, api):
        price = a_price(amount_cents=2990)
        option = an_option(price.plan)
        path = f"/subscriptions/{a_subscription(price=price).id}"
        wanted = {"options": [{"option_id": str(option.id), "quantity": 2}]}

        shown = api.post(f"{path}/items-preview", wanted).json()
        made = api.post(f"{path}/items", {**wanted, "expected_cents": shown["net_cents"]})

        assert (shown["kind"], shown["net_cents"], shown["renewal_cents"]) == (
            "items",
            990,
            4970,
        )
        assert (made.json()["kind"], made.json()["status"]) == ("items", "awaiting")
        wanted["options"][0]["quantity"] = 11
        assert told(api.post(f"{path}/items-preview", wanted)) == (422, "bad_choice")


class TestAddons:
    def test_are_shown_to_the_cent_added_and_listed_with_their_parent(self, api):
        parent, price = a_subscription(), an_addon(750, goes_with=[], max_quantity=2)
        path = f"/subscriptions/{parent.id}"
        wanted = {"price_id": str(price.id), "quantity": 2}
        with patch(
            "alicerce.apps.subscriptions.api.addons.now",
            return_value=datetime(2026, 9, 16, 15, tzinfo=UTC),
        ):
            shown = api.post(f"{path}/addon-preview", wanted).json()
            many = api.post(f"{path}/addon-preview", {**wanted, "quantity": 3})
            coupon = api.post(f"{path}/addon-preview", {**wanted, "coupon": "NADA"})
            wrong = api.post(f"{path}/addons", {**wanted, "expected_cents": 1})
            asked = a_field(price.plan, label="Pasta")
            silent = api.post(f"{path}/addons", {**wanted, "expected_cents": 750})
            wanted["answers"] = {str(asked.id): "/home"}
            made = api.post(f"{path}/addons", {**wanted, "expected_cents": 750})
            again = api.post(f"{path}/addons", {**wanted, "expected_cents": 750})

        assert (shown["starts_on"], shown["ends_on"]) == ("2026-09-16", "2026-10-01")
        assert (shown["total_cents"], shown["renewal_cents"]) == (750, 1500)
        assert (told(wrong), told(again)) == ((409, "preview_outdated"), (409, "addon_had"))
        assert (told(many), told(coupon)) == ((422, "bad_quantity"), (422, "bad_coupon"))
        assert silent.status_code == 422
        assert f"/answers/{asked.id}" in silent.text
        assert made.status_code == 201
        order = api.get(f"/orders/{made.json()['order_id']}").json()
        assert [one["value"] for one in order["answers"]] == ["/home"]
        (listed,) = api.get(f"/subscriptions?parent_id={parent.id}").json()["data"]
        assert listed["id"] == made.json()["id"]
        assert listed["parent_id"] == str(parent.id)
