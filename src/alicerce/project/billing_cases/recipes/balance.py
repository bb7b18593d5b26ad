"""Wallets, what a renewal gathers, and payments that do not fit."""

from alicerce.apps.billing.rules.settlement import (
    Folded,
    fold_wallet,
    receive_all,
    take_from_wallet,
)
from alicerce.apps.billing.rules.taxes import Tax, Taxable, taxed
from alicerce.project.billing_cases.given import Given
from alicerce.project.billing_cases.recipes.registry import Answers, Asked, recipe

LINES = ("pending_credit", "pending_debit", "cycle")
AMOUNTS = ("order", "invoice", "amount")


@recipe("balance", "balance", without=("debits", "wallet_used"))
def wallet(given: Given, asked: Asked) -> Answers:
    name = next((one for one in AMOUNTS if given.has(one)), None)
    if name is None:
        return {}
    held, amount = given.cents("balance"), given.cents(name)
    folded = fold_wallet(balance=held, amount=amount)
    currencies = {given.text(one) for one in ("balance_currency", "currency")} - {""}
    if len(currencies) > 1:  # a wallet pays what is asked in its own
        folded = Folded(0, amount, held)
    return {
        **dict.fromkeys(("applied", "applied_balance_amount"), folded.applied),
        **dict.fromkeys(("due", "due_amount", "to_pay", "remaining"), folded.due),
        **dict.fromkeys(("balance_after", "wallet_after", "client_credit"), folded.balance),
    }


@recipe("balance", "invoice", "wallet_used")
def voided(given: Given, asked: Asked) -> Answers:
    """What the wallet paid of an invoice goes back to it when the invoice is voided."""
    before, used = given.cents("balance"), given.cents("wallet_used")
    paid = take_from_wallet(balance=used, amount=given.cents("invoice"))
    back = fold_wallet(balance=before, amount=-paid)
    return {
        **dict.fromkeys(("wallet_returned", "returned", "credit_returned"), paid),
        **dict.fromkeys(("balance_after", "wallet_after", "balance_after_void"), back.balance),
    }


@recipe("balance", "pending_credit")
@recipe("balance", "pending_debit")
def gathered(given: Given, asked: Asked) -> Answers:
    """What waited goes into the renewal, and the sum is taxed; below zero it is the wallet's."""
    rate = given.rate("tax_pct")
    price = "interval" if given.has("interval") else "cycle"
    names = [name for name in (*LINES[:-1], price, "renewal") if given.has(name)]
    document = taxed([Taxable(given.cents(name), (Tax("tax", rate),)) for name in names])
    return {
        "subtotal": document.net,
        "net": document.net,
        "tax": document.tax,
        "total": document.total,
        "due": max(document.total, 0),
        "balance_after": max(-document.total, 0),
    }


@recipe("balance", "invoice", "payment")
@recipe("balance", "invoice", "payments")
def payments(given: Given, asked: Asked) -> Answers:
    """Parts add up; what is over is the customer's credit and never vanishes."""
    paid = given.cents_list("payments" if given.has("payments") else "payment")
    received = receive_all(total=given.cents("invoice"), payments=paid)
    part = "partially_paid" if any(paid) else "open"
    return {
        "status": "paid" if received.is_paid else part,
        **dict.fromkeys(("remaining", "amount_due"), received.remaining),
        **dict.fromkeys(("client_credit", "credit", "wallet"), received.credit),
        "applied": received.applied,
    }
