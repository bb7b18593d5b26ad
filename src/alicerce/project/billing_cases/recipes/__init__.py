"""One module for each family of cases; importing them fills the registry."""

from alicerce.project.billing_cases.recipes import (
    balance,
    calendar,
    changes,
    collecting,
    coupons,
    ends,
    hosting,
    payouts,
    quantities,
    refunds,
    repairs,
    shares,
    taxes,
)

__all__ = [
    "balance",
    "calendar",
    "changes",
    "collecting",
    "coupons",
    "ends",
    "hosting",
    "payouts",
    "quantities",
    "refunds",
    "repairs",
    "shares",
    "taxes",
]
