"""The least that is valid, for tests."""

from itertools import count
from typing import Any

from alicerce.apps.catalog.models import Plan, Price, Product

numbers = count(1)


def a_price(**given: Any) -> Price:
    product, _ = Product.objects.get_or_create(kind="hosting.account", name="Hospedagem")
    plan = given.pop("plan", None) or Plan.objects.create(
        product=product,
        slug=f"plano-{next(numbers)}",
        name="Essencial",
        spec={"package": "essencial", "region": "BR"},
    )
    return Price.objects.create(
        **{"plan": plan, "cycle": "monthly", "amount_cents": 2990, **given}
    )
