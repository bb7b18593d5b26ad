"""Meters and usage, as the document shows them."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import NOON, Example
from alicerce.surfaces.api.subscription_examples import SUBSCRIPTION

PLAN = "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b01"
TIERS = [{"up_to": 1000, "unit": "0", "flat": 0}, {"up_to": None, "unit": "0.5", "flat": 0}]
meter: Example = {
    "object": "meter",
    "id": "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b2d",
    "plan_id": PLAN,
    "key": "requests",
    "name": "Requisições",
    "unit": "requisições",
    "aggregation": "sum",
    "scheme": "graduated",
    "tiers": TIERS,
    "currency": "BRL",
    "retired_at": None,
}
RECORD = {
    "identifier": "req-2026-09-16T12",
    "subscription_id": SUBSCRIPTION,
    "meter": "requests",
    "quantity": 1520,
    "happened_at": NOON,
}
RESPONSES: Mapping[str, Example] = {
    "recordUsage": {
        "object": "usage_receipt",
        "accepted": 1,
        "known": 0,
        "refused": 0,
        "records": [{"identifier": RECORD["identifier"], "status": "accepted", "code": None}],
    },
    "listMeters": {"object": "list", "data": [meter]},
    "createMeter": meter,
    "retireMeter": {**meter, "retired_at": NOON},
}
REQUESTS: Mapping[str, Example] = {
    "recordUsage": {"records": [RECORD]},
    "createMeter": {
        "key": "requests",
        "name": "Requisições",
        "unit": "requisições",
        "aggregation": "sum",
        "scheme": "graduated",
        "tiers": TIERS,
    },
}
