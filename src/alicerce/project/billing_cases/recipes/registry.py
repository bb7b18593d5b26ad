"""The recipes: which rules answer a case that gives these things."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from alicerce.project.billing_cases.given import Given

Answers = dict[str, Any]
Asked = Mapping[str, Any]
Rule = Callable[[Given, Asked], Answers]

FAMILIES: Mapping[str, frozenset[str]] = {
    "proration": frozenset(
        {"proration", "repair", "trial", "termination", "upgrade", "change"}
    ),
    "calendar": frozenset({"calendar", "timezone", "renewal", "period"}),
    "tax": frozenset({"tax", "credit_note"}),
    "coupon": frozenset({"coupon", "discount"}),
    "tiers": frozenset({"tiers", "pricing", "usage", "metered"}),
    "balance": frozenset(
        {
            "credit_balance",
            "balance",
            "wallet",
            "invoice_items",
            "overpayment",
            "partial_payment",
        }
    ),
    "collect": frozenset(
        {"overdue", "dunning", "late_fee", "payment_unknown", "retry", "pause"}
    ),
    "refund": frozenset({"refund", "dispute", "pix_refund", "invoice_void", "split", "payout"}),
    "hosting": frozenset({"provisioning", "server_selection"}),
}
PREFIXES: Mapping[str, str] = {
    "PRO": "proration",
    "CAL": "calendar",
    "TAX": "tax",
    "DISC": "coupon",
    "TIER": "tiers",
    "BAL": "balance",
    "DUN": "collect",
    "EVT": "collect",
    "REF": "refund",
    "FEE": "refund",
    "PROV": "hosting",
}


# Cases of one area that are answered by the rules of another; asked after its own.
BESIDE: Mapping[str, tuple[str, ...]] = {
    "proration": ("calendar", "tiers", "collect"),
    "calendar": ("proration", "collect"),
    "tax": ("coupon", "refund"),
    "coupon": ("tax",),
    "balance": ("refund",),
    "refund": ("balance",),
}


@dataclass(frozen=True)
class Recipe:
    """`needs` are the names a case must give; of two that answer, the one written first counts."""

    family: str
    needs: tuple[str, ...]
    without: tuple[str, ...]
    rule: Rule


RECIPES: list[Recipe] = []


def recipe(family: str, *needs: str, without: tuple[str, ...] = ()) -> Callable[[Rule], Rule]:
    def registered(rule: Rule) -> Rule:
        RECIPES.append(Recipe(family, needs, without, rule))
        return rule

    return registered


def family_of(area: str, name: str) -> str:
    """By the area, its beginning, or the letters of the id; empty when none of them says."""
    return _family_of_area(area) or PREFIXES.get(name.partition("-")[0].upper(), "")


def is_answered(area: str) -> bool:
    """Whether cases of the area are figures, which rules answer."""
    return bool(_family_of_area(area))


def _family_of_area(area: str) -> str:
    for family, areas in FAMILIES.items():
        if area in areas or any(area.startswith(f"{one}_") for one in areas):
            return family
    return ""


def fitting(family: str, given: Given) -> list[Recipe]:
    """Of the family first, then of those beside it."""
    families = (family, *BESIDE.get(family, ()))
    return [
        one
        for wanted in families
        for one in RECIPES
        if one.family == wanted
        and given.has(*one.needs)
        and not any(given.has(name) for name in one.without)
    ]
