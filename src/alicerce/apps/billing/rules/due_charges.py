"""Charges with a due date: their terms by the company's rules, and what a payment by one is made of."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alicerce.apps.billing.rules.late_fee import LateFee, LateTerms, late_fee
from alicerce.apps.billing.rules.lateness import terms_of
from alicerce.apps.billing.rules.rounding import basis_points, down, half_up
from alicerce.apps.billing.types.corrections import BillingRules
from alicerce.apps.billing.types.due import DueTerms, PaidParts
from alicerce.kernel.business_days import business_day_from, payable_until

BRASILIA = ZoneInfo("America/Sao_Paulo")
"""The days of Pix are those of the capital, wherever the company is."""
ROUNDING = 2  # cents by which a bank may round the fine and the interest up where we do not


@dataclass(frozen=True, slots=True)
class Due:
    """What was beyond the amount of a charge, and what below it."""

    fee: LateFee
    discount: int


def due_terms(cents: int, *, due_on: date, on: date, rules: BillingRules) -> DueTerms:
    """The same figures as a late fee asked for afterwards.

    What no bank can be told stays ours: with days of grace the code says nothing of a fee.
    """
    fee = terms_of(rules)
    says_fee = not rules.grace_days
    until = due_on - timedelta(days=rules.early_days)
    discount = down(cents * basis_points(rules.early_basis_points)) if until >= on else 0
    return DueTerms(
        due_on=due_on,
        valid_days=rules.pix_valid_days,
        fine_cents=half_up(cents * fee.fine) if says_fee else 0,
        interest_basis_points=rules.interest_basis_points if says_fee else 0,
        discount_cents=discount,
        discount_until=until if discount else None,
    )


def fee_on(terms: DueTerms, cents: int, *, on: date) -> LateFee:
    """What the code adds for who pays it on that day."""
    late = (on - payable_until(terms.due_on)).days
    if late <= 0:
        return LateFee(0, 0)
    interest = LateTerms(monthly_interest=basis_points(terms.interest_basis_points))
    return LateFee(terms.fine_cents, late_fee(cents, days_late=late, terms=interest).interest)


def discount_on(terms: DueTerms, *, on: date) -> int:
    """What the code takes off for who pays it on that day."""
    until = terms.discount_until
    return terms.discount_cents if until and on <= business_day_from(until) else 0


def due_of(
    terms: DueTerms, *, asked: int, amount: int, at: datetime, said: PaidParts | None
) -> Due | None:
    """How a payment of that amount fits; None when the terms do not explain it.

    The payer's bank did the sum, with its own holidays and its own rounding: less of a fee than ours is
    what it asked for, and all it will. More than ours is no fee.
    """
    on = at.astimezone(BRASILIA).date()
    beyond = amount - asked
    if beyond < 0:
        return Due(LateFee(0, 0), -beyond) if -beyond <= discount_on(terms, on=on) else None
    fee = fee_on(terms, asked, on=on)
    if beyond > (fee.total + ROUNDING if fee.total else 0):
        return None
    return Due(_split(beyond, fee, said), 0)


def last_moment(terms: DueTerms) -> datetime:
    """When nobody can pay it any more: what ends on a day without banks ends on the next with them."""
    last = business_day_from(payable_until(terms.due_on) + timedelta(days=terms.valid_days))
    return datetime.combine(last + timedelta(days=1), time(), BRASILIA)


def _split(beyond: int, fee: LateFee, said: PaidParts | None) -> LateFee:
    if said and said.fine + said.interest == beyond:
        return LateFee(said.fine, said.interest)
    fine = min(fee.fine, beyond)
    return LateFee(fine, beyond - fine)
