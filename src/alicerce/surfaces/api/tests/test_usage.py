"""Meters and usage by API, and the page of a plan that shows them."""

from datetime import UTC, datetime
from unittest.mock import patch
from uuid import uuid4

import pytest

from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.surfaces.api.tests.conftest import told

LATER = datetime(2026, 9, 10, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _later():
    with patch("alicerce.apps.metering.api.now", return_value=LATER):
        yield


def a_meter(**given):
    facts = {
        "key": "requests",
        "name": "Requisições",
        "unit": "requisições",
        "scheme": "graduated",
        "tiers": [{"up_to": 100, "unit": "0"}, {"up_to": None, "unit": "0.5"}],
    }
    return {**facts, **given}


class TestUsage:
    def test_is_recorded_once_by_meters_of_the_plan(self, api):
        price = a_price()
        subscription = a_subscription(price=price)
        path = f"/plans/{price.plan_id}/meters"
        made = api.post(path, a_meter())
        record = {
            "identifier": "um",
            "subscription_id": str(subscription.id),
            "meter": "requests",
            "quantity": 7,
            "happened_at": "2026-09-09T12:00:00Z",
        }
        other = {**record, "identifier": "dois", "meter": "disk"}

        first = api.post("/usage-records", {"records": [record, record, other]}).json()
        again = api.post("/usage-records", {"records": [record]}).json()

        assert [api.get(path).json()["data"][0]["key"], made.status_code] == ["requests", 201]
        assert (first["accepted"], first["known"], first["refused"]) == (1, 1, 1)
        assert first["records"][2]["code"] == "no_such_meter"
        assert again["known"] == 1
        assert told(api.post(path, a_meter())) == (409, "meter_taken")
        assert (
            told(api.post(path, a_meter(key="x", tiers=[{"unit": "1"}] * 2)))[1] == "bad_meter"
        )
        assert told(api.post(f"/plans/{uuid4()}/meters", a_meter())) == (404, "no_such_plan")
        assert api.post(f"/meters/{made.json()['id']}/retire").json()["retired_at"]

    def test_is_recorded_by_who_may(self, knock):
        assert told(knock("billing:read").post("/usage-records", {"records": []})) == (
            403,
            "insufficient_scope",
        )
