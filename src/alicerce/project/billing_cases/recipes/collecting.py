"""Late fees, days that were blocked, the ladder, retries and probes."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from alicerce.apps.billing.rules.collecting import (
    EXTRA_ATTEMPTS,
    PENDING_PROBE_AFTER,
    PROBE_AFTER,
    RETRY_WINDOW,
    PixRetries,
    card_retries,
    may_begin_pix_charge,
    may_cancel_pix_charge,
    may_charge,
    may_try_pix_again,
    on_days,
)
from alicerce.apps.billing.rules.late_fee import LateTerms, interest_of, late_fee
from alicerce.apps.billing.rules.periods import (
    Schedule,
    Step,
    anniversary,
    on_billing_day,
    period_containing,
    share,
)
from alicerce.apps.billing.rules.proration import fraction_left, prorated
from alicerce.apps.billing.rules.rounding import down
from alicerce.apps.billing.types import Period
from alicerce.project.billing_cases import values
from alicerce.project.billing_cases.given import Given
from alicerce.project.billing_cases.recipes.registry import Answers, Asked, recipe

FIRST_ATTEMPT = date(2026, 6, 10)
TOO_MANY = 50
CALENDAR = {
    "invoice_before_due_days": ("invoice_created", -1),
    "reminder_before_due_days": ("reminder", -1),
    "suspend_after_due_days": ("suspend", 1),
    "terminate_after_due_days": ("terminate", 1),
    "cancel_unpaid_order_days": ("cancel_unpaid_order", 1),
    "close_ticket_days": ("close_ticket", 1),
}
UNITS = ((timedelta(days=1), "d"), (timedelta(hours=1), "h"), (timedelta(minutes=1), "m"))


@recipe("collect", "amount", "days_late")
def late(given: Given, asked: Asked) -> Answers:
    """On what parts left of it. Ours rounds half up; `total_floor` is what a bank that cuts would ask."""
    parts = sum(given.cents_list("payments")) if given.has("payments") else 0
    amount, days = max(given.cents("amount") - parts, 0), given.cents("days_late")
    terms = LateTerms(given.rate("fine_pct", 2), given.rate("interest_pct_month", 1))
    fee = late_fee(amount, days_late=days, terms=terms)
    cut_fee = late_fee(amount, days_late=days, terms=terms, rounding=down)
    exact = interest_of(amount, days_late=days, terms=terms)
    return {
        "fine": fee.fine,
        "interest": fee.interest,
        "interest_dec": Fraction(exact, 100),
        **dict.fromkeys(("total", "total_half_up"), amount + fee.total),
        "total_floor": amount + cut_fee.total,
        **dict.fromkeys(("remaining", "amount_due"), amount),
        "fee": fee.total,
    }


@recipe("collect", "blocked_from", "paid_on")
def blocked(given: Given, asked: Asked) -> Answers:
    """Days without service are credited by the period they fall in; from the payment on, the rest is billed."""
    price, step = given.price()
    stopped, paid = given.day("blocked_from"), given.day("paid_on")
    schedule = _billing(given, stopped, step)
    named = given.period("period") if given.has("period") else None
    current = named or period_containing(schedule, stopped)
    after = current if paid in current else period_containing(schedule, paid)
    days = Period(stopped, min(paid, current.ends_on))
    return {
        **dict.fromkeys(
            ("blocked_days_credit", "credit"), prorated(price, share(days, current))
        ),
        **dict.fromkeys(("blocked_days", "paused_days"), days.days),
        "partial_invoice_for_rest_of_period": prorated(price, fraction_left(after, paid)),
    }


@recipe("collect")
def ladder(given: Given, asked: Asked) -> Answers:
    """The days the case names, from the due day that it expects or gives."""
    steps = {
        name: sign * given.cents(key)
        for key, (name, sign) in CALENDAR.items()
        if given.has(key)
    }
    if not steps or not (given.has("due") or "due" in asked):
        return {}
    due = given.day("due") if given.has("due") else values.day(asked["due"])
    return {**on_days(due, steps), "due": due}


@recipe("collect", "policy")
def pix_automatico(given: Given, asked: Asked) -> Answers:
    """Counted by asking the rule for every day and attempt there could be."""
    policy = PixRetries(str(given.value("policy")))
    days = [FIRST_ATTEMPT + timedelta(days=n) for n in range(TOO_MANY)]
    open_days = [day for day in days if _may(policy, day, 0)]
    refused = not may_cancel_pix_charge(first_on=FIRST_ATTEMPT, on=FIRST_ATTEMPT)
    return {
        "extra_attempts_max": EXTRA_ATTEMPTS[policy],
        "window_days": len(open_days),
        "charges_per_cycle_per_mandate": sum(map(may_begin_pix_charge, range(TOO_MANY))),
        "cancel_on_or_after_first_attempt_day": "rejected" if refused else "accepted",
        **{
            f"policy_{name}_extra_attempts": sum(
                _may(other, FIRST_ATTEMPT + RETRY_WINDOW, n) for n in range(TOO_MANY)
            )
            for name, other in ((one.value, one) for one in PixRetries)
        },
    }


@recipe("collect", "payment_state")
def unknown_payment(given: Given, asked: Asked) -> Answers:
    unknown = given.text("payment_state") == "unknown"
    allowed = may_charge(unknown=int(unknown))
    return {
        "probe_after": _spans(PROBE_AFTER),
        "pending_probe_after": _spans(PENDING_PROBE_AFTER),
        "new_charge_while_unknown": "allowed" if allowed else "forbidden",
    }


@recipe("collect", "failed_on")
def retries(given: Given, asked: Asked) -> Answers:
    waits = given.cents_list("retry_after_days") if given.has("retry_after_days") else None
    failed = given.day("failed_on")
    days = card_retries(failed, waits) if waits is not None else card_retries(failed)
    return dict.fromkeys(("attempts_on", "retries", "retry_dates"), days)


def _may(policy: PixRetries, on: date, attempts: int) -> bool:
    return may_try_pix_again(policy, first_on=FIRST_ATTEMPT, extra_attempts=attempts, on=on)


def _billing(given: Given, stopped: date, step: Step) -> Schedule:
    """By the period or the billing day; without, by the last day of the month, as the ladder's own case."""
    if given.has("period"):
        return anniversary(given.period("period").starts_on, step)
    day = given.cents("billing_day") if given.has("billing_day") else 31
    return on_billing_day(stopped, day, step)


def _spans(waits: Iterable[timedelta]) -> list[str]:
    return [
        next(f"{wait // unit}{name}" for unit, name in UNITS if not wait % unit)
        for wait in waits
    ]
