"""What holds for plans and prices. Pure functions."""

from collections.abc import Iterable

from alicerce.apps.catalog.types import Limit, Limits, PlanForm

MOST_FEATURES = 30
MOST_CENTS = 1_000_000_00
"""A million, so that a slip of a finger is not a price."""
LONGEST = {"name": 80, "summary": 160, "product_name": 80}


def fault_of(form: PlanForm) -> str:
    """The first field that cannot be right; empty when all can."""
    if not form.name.strip() or not form.product_name.strip():
        return "name" if not form.name.strip() else "product_name"
    for name, most in LONGEST.items():
        if len(getattr(form, name)) > most:
            return name
    if len(form.features) > MOST_FEATURES or any(
        len(f) > LONGEST["summary"] for f in form.features
    ):
        return "features"
    if not all(_is_limit(key, amount) for key, amount in form.limits.items()):
        return "limits"
    return "stock" if form.stock is not None and form.stock < 0 else ""


def _is_limit(key: str, amount: int | None) -> bool:
    return key in set(Limit) and (amount is None or amount >= 0)


def added_up(limits: Iterable[Limits]) -> dict[str, int | None]:
    """Amounts add up; without a limit stays without one."""
    total: dict[str, int | None] = {}
    for each in limits:
        for key, amount in each.items():
            had = total.get(key, 0)
            total[key] = None if had is None or amount is None else had + amount
    return total
