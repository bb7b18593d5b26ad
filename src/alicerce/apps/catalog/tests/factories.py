"""The least that is valid, for tests."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from alicerce.apps.catalog.models import Plan, Price, Product
from alicerce.apps.catalog.types import PlanForm

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
numbers = count(1)


def a_plan(**given: Any) -> Plan:
    product, _ = Product.objects.get_or_create(kind="hosting.account", name="Hospedagem")
    facts: dict[str, Any] = {
        "product": product,
        "slug": f"plano-{next(numbers)}",
        "name": "Essencial",
        "spec": {"package": "essencial", "region": "BR"},
    }
    return Plan.objects.create(**{**facts, **given})


def a_price(**given: Any) -> Price:
    plan = given.pop("plan", None) or a_plan()
    facts: dict[str, Any] = {"plan": plan, "cycle": "monthly", "amount_cents": 2990}
    return Price.objects.create(**{**facts, "since": NOON, **given})


def a_plan_form(**given: Any) -> PlanForm:
    facts: dict[str, Any] = {
        "product_kind": "hosting.account",
        "product_name": "Hospedagem",
        "name": "Essencial",
        "spec": {"package": "essencial", "region": ""},
    }
    return PlanForm(**{**facts, **given})
