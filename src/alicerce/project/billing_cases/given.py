"""What a case gives, under one name for each thing, and a note of what was read."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from alicerce.apps.billing.rules.periods import Step
from alicerce.apps.billing.types import Period
from alicerce.project.billing_cases import values

SAME: Mapping[str, tuple[str, ...]] = {
    "old": (
        "plan_old", "old_plan", "price_old", "old_price", "from_price", "plan_from",
        "amount_old", "old_amount", "current_price", "items_old", "old_items",
    ),
    "new": (
        "plan_new", "new_plan", "price_new", "new_price", "to_price", "plan_to",
        "amount_new", "new_amount", "items_new", "new_items",
    ),
    "on": (
        "change_at", "changed_at", "change_on", "changed_on", "at", "upgrade_at",
        "upgraded_at", "downgrade_at", "change_plan_at", "switched_at", "effective_at",
    ),
    "period": ("current_period", "billing_period"),
    "old_interval": ("interval_old", "from_interval", "old_cycle"),
    "new_interval": ("interval_new", "to_interval", "new_cycle"),
    "interval": ("cycle", "billing_interval", "frequency", "period_code"),
    "anchor": ("first", "anchor_date", "first_period_start"),
    "start": ("started", "start_at", "starts_on", "started_at", "start_date", "subscribed_at"),
    "end": (
        "ended", "end_at", "ends_on", "terminated", "terminate", "terminated_at",
        "terminate_at", "cancelled_at", "canceled_at", "cancel_at", "cancelled", "end_date",
        "cancel", "cancel_on", "ended_on", "terminated_on", "until", "target", "target_date",
    ),
    "billing_day": ("bill_cycle_day", "bcd", "anchor_day"),
    "billing": ("billing_time", "alignment"),
    "zone": ("account_timezone", "timezone", "time_zone", "tenant_timezone", "tz"),
    "trial_days": ("trial", "trial_period_days"),
    "fraction_left": ("left", "fraction"),
    "kept": ("addons_kept", "addons", "addon_kept"),
    "charged": ("charged_net", "was_charged", "net_charged"),
    "discount_old": ("old_discount", "coupon_old", "old_coupon", "coupon_fixed_old"),
    "discount_new": ("new_discount", "coupon_new", "new_coupon", "coupon_fixed_new"),
    "discount_pct_old": (
        "old_discount_pct", "coupon_pct_old", "old_coupon_pct", "pct_old", "discount_old_pct",
        "coupon_old_pct",
    ),
    "discount_pct_new": (
        "new_discount_pct", "coupon_pct_new", "new_coupon_pct", "pct_new", "discount_new_pct",
        "coupon_new_pct",
    ),
    "coupon": (
        "coupon_fixed", "discount_fixed", "fixed_coupon", "discount", "coupon_amount",
        "discount_amount",
    ),
    "coupon_pct": (
        "discount_pct", "percentage", "pct", "percent", "coupon_percent", "coupon_percentage",
        "discount_percent",
    ),
    "coupon_bp": ("basis_points", "discount_bp", "coupon_basis_points"),
    "items": ("item", "lines", "fees"),
    "tax_pct": ("tax_rate", "tax_rate_pct", "tax_percent", "vat_pct", "taxes_pct"),
    "gross": ("price_with_tax", "gross_price", "amount_with_tax", "total_inclusive"),
    "blocked_from": ("paused_from", "paused_on", "paused_at", "suspended_from", "suspended_on", "blocked_on", "blocked_at"),
    "paid_on": ("paid_at", "unblocked_on", "blocked_until", "resumed_on", "resumed_at", "unblocked_at"),
    "payments": ("paid_before", "partial_payment", "partial_payments", "paid_parts"),
    "psp_fee": ("fee", "gateway_fee", "processor_fee"),
    "split_pct": ("commission_pct", "partner_pct", "share_pct"),
    "refund_on": ("refund_at", "refunded_on", "refund_asked_on", "requested_on"),
    "inclusive": ("tax_inclusive", "prices_include_tax", "included"),
    "balance": ("wallet", "client_balance", "customer_balance", "wallet_balance"),
    "wallet_used": ("applied_balance", "credit_applied", "paid_from_wallet", "balance_used"),
    "expires": ("period_end", "next_due_date", "renews_on", "expires_on", "expires_at"),
    "daily": ("price_per_day", "daily_price", "per_day"),
    "price": ("plan", "plan_price", "recurring"),
    "seats_from": ("seats_before", "quantity_from", "units_from"),
    "seats_to": ("seats_after", "quantity_to", "units_to"),
    "seat_price": ("price_per_seat", "per_seat", "unit_price", "price_per_unit"),
    "yearly": ("annual", "annually"),
    "due": ("due_on", "due_at", "due_date"),
    "asked_back": ("ask", "asked", "refund_asked", "refund_requested", "next_refund"),
    "duration": ("coupon_duration", "discount_duration"),
    "cycles": ("coupon_cycles", "duration_in_cycles", "duration_in_months", "first_n"),
}  # fmt: skip
NAMES = {other: name for name, others in SAME.items() for other in others}
TIMINGS = ("timing", "takes_effect", "effective", "mode", "policy")
AT_ITS_END = frozenset(
    {"at_period_end", "period_end", "end_of_period", "next_period", "next_cycle", "at_renewal"}
)
SPANS = {
    "monthly": Step(months=1),
    "weekly": Step(days=7),
    "quarterly": Step(months=3),
    "semiannual": Step(months=6),
    "yearly": Step(months=12),
}


class Given:
    """Values by name. Reading one notes it: what no rule read is what the case expects, or is ignored."""

    def __init__(self, *sources: Mapping[str, Any]) -> None:
        self._values: dict[str, tuple[str, Any]] = {}
        self.read: set[str] = set()
        for source in sources:
            for key, value in source.items():
                self._values[NAMES.get(key, key)] = (key, value)

    def has(self, *names: str) -> bool:
        return all(name in self._values for name in names)

    def names(self) -> list[str]:
        return list(self._values)

    def unread(self) -> list[str]:
        return sorted(key for key, _ in self._values.values() if key not in self.read)

    def value(self, name: str, default: Any = None) -> Any:
        if name not in self._values:
            return default
        key, value = self._values[name]
        self.read.add(key)
        return value

    def cents(self, name: str, default: int = 0) -> int:
        return values.cents(self.value(name, default))

    def cents_list(self, name: str) -> list[int]:
        return values.cents_list(self.value(name, []))

    def fraction(self, name: str) -> Fraction:
        return values.fraction(self.value(name))

    def rate(self, name: str, default: int = 0) -> Fraction:
        return values.rate(self.value(name, default))

    def rates(self, name: str) -> list[Fraction]:
        return values.rates(self.value(name, []))

    def day(self, name: str) -> date:
        return values.day(self.value(name))

    def period(self, name: str) -> Period:
        return values.period(self.value(name))

    def step(self, name: str, default: str = "month") -> Step:
        return values.step(self.value(name, default))

    def text(self, name: str) -> str:
        return str(self.value(name, "")).lower()

    def waits_for_the_period(self) -> bool:
        """Whether what is changed or ended is so only when its period is over."""
        return any(self.text(name) in AT_ITS_END for name in TIMINGS if self.has(name))

    def price(self) -> tuple[int, Step]:
        """The price per period and how long one is, however the case writes it."""
        for name, step in SPANS.items():
            if self.has(name):
                return self.cents(name), step
        return self.cents("price"), self.step("interval")

    def has_price(self) -> bool:
        return self.has("price") or any(self.has(name) for name in SPANS)
