"""What customers are told before they pay: until when it costs no more, what it costs then, what early saves."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from alicerce.apps.billing.queries.rulings import billing_rules
from alicerce.apps.billing.rules.due_charges import BRASILIA, discount_on
from alicerce.apps.billing.types import ChargeView, InvoiceKind, InvoiceSummary
from alicerce.apps.billing.types.corrections import BillingRules
from alicerce.apps.billing.types.due import DueTerms
from alicerce.kernel.business_days import business_day_from, payable_until
from alicerce.kernel.money import Money
from alicerce.ui.formats import day, money


def due_sentence(invoice: InvoiceSummary, *, on: date) -> str:
    """By the rules of today; empty where being late costs nothing, or it is late already."""
    rules = billing_rules()
    until = payable_until(invoice.due_on) + timedelta(days=rules.grace_days)
    if not invoice.is_payable or invoice.kind == InvoiceKind.FUNDS or on > until:
        return ""
    return _late(until, fine=_percent(rules.fine_basis_points), rules=rules)


def charge_sentences(charge: ChargeView, *, at: datetime) -> list[str]:
    """By the terms that the code itself carries."""
    due, on = charge.due, at.astimezone(BRASILIA).date()
    if due is None:
        return []
    said = [_early(due, charge.amount)] if discount_on(due, on=on) else []
    until = payable_until(due.due_on)
    if due.carries_fee and on <= until:
        fine = money(Money(due.fine_cents, charge.amount.currency)) if due.fine_cents else ""
        rules = BillingRules(interest_basis_points=due.interest_basis_points)
        said.append(_late(until, fine=fine, rules=rules))
    said.append(_("Este Pix vale até %(day)s.") % {"day": _last_day(charge)})
    return said


def _early(due: DueTerms, amount: Money) -> str:
    assert due.discount_until is not None
    off = Money(due.discount_cents, amount.currency)
    told = {
        "day": day(business_day_from(due.discount_until)),
        "total": money(amount - off),
        "discount": money(off),
    }
    return _("Até %(day)s, por %(total)s: o desconto é de %(discount)s.") % told


def _late(until: date, *, fine: str, rules: BillingRules) -> str:
    interest = _percent(rules.interest_basis_points)
    told = {"day": day(until), "fine": fine, "interest": interest}
    if fine and interest:
        words = _(
            "Até %(day)s, sem multa; depois, multa de %(fine)s e juros de %(interest)s ao mês."
        )
    elif fine:
        words = _("Até %(day)s, sem multa; depois, multa de %(fine)s.")
    else:
        words = _("Até %(day)s, sem juros; depois, juros de %(interest)s ao mês.")
    return words % told if fine or interest else ""


def _percent(points: int) -> str:
    return f"{number_format(Decimal(points).scaleb(-2).normalize())}%" if points else ""


def _last_day(charge: ChargeView) -> str:
    return day((charge.expires_at - timedelta(seconds=1)).astimezone(BRASILIA).date())
