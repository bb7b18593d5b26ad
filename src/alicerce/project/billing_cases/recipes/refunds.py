"""Refunds, disputes, voids and shares."""

from alicerce.apps.billing.rules.refunds import (
    GoneBack,
    RefundsExceedPayment,
    check_refund,
    may_return_pix,
    payable_from,
    refundable,
    void,
)
from alicerce.apps.billing.rules.settlement import split, split_after_refund
from alicerce.apps.billing.rules.taxes import gross_in_parts
from alicerce.project.billing_cases.given import Given
from alicerce.project.billing_cases.recipes.registry import Answers, Asked, recipe


@recipe("refund", "refund_total", "net", "tax")
def repeated(given: Given, asked: Asked) -> Answers:
    """So many times the same part: in all, net and tax in the proportion of what was paid.

    Each is rounded with those before it, so that the last one takes what is left to the cent.
    """
    net, tax, times = given.cents("net"), given.cents("tax"), given.cents("times", 1)
    total = given.cents("refund_total")
    is_each = net + tax == total
    whole = total * times
    back = (net * times, tax * times) if is_each else gross_in_parts(whole, net=net, tax=tax)
    return {"refunded_net": back[0], "refunded_tax": back[1], "refunded": whole}


@recipe("refund", "refund", "net", "tax")
def pending(given: Given, asked: Asked) -> Answers:
    """Counted when it succeeded; while it is pending it only keeps others from asking for the same money."""
    amount = given.cents("refund")
    net, tax = gross_in_parts(amount, net=given.cents("net"), tax=given.cents("tax"))
    outcomes = {
        "pending": GoneBack(pending=amount),
        "succeeded": GoneBack(succeeded=amount),
        "failed_later": GoneBack(),
    }
    return {
        name: {"net": net, "tax": tax} if gone.succeeded else {"net": 0, "tax": 0}
        for name, gone in outcomes.items()
    }


@recipe("refund", "dispute")
def disputed(given: Given, asked: Asked) -> Answers:
    paid, amount = given.cents("order_total"), given.cents("dispute")
    gone = GoneBack(succeeded=given.cents("refunded"), disputed=amount)
    net, tax = gross_in_parts(
        amount, net=given.cents("order_net"), tax=given.cents("order_tax")
    )
    return {
        "refundable": refundable(paid, gone),
        "refunded_net": net,
        "refunded_tax": tax,
        "further_refund": _further(paid, gone),
    }


@recipe("refund", "paid", "refunded")
def left(given: Given, asked: Asked) -> Answers:
    paid = given.cents("paid")
    gone = GoneBack(given.cents("refunded"), given.cents("pending"), given.cents("disputed"))
    answers: Answers = {
        "refundable": refundable(paid, gone),
        "further_refund": _further(paid, gone),
    }
    if given.has("asked_back"):
        outcome = _further(paid, gone, given.cents("asked_back"))
        answers |= dict.fromkeys(("result", "outcome", "status"), outcome)
    return answers


@recipe("refund", "refund", "order_net", "order_tax", without=("dispute",))
def part_of_an_order(given: Given, asked: Asked) -> Answers:
    """What goes back is net and tax in the proportion of what was paid."""
    net, tax, amount = given.cents("order_net"), given.cents("order_tax"), given.cents("refund")
    back = gross_in_parts(amount, net=net, tax=tax)
    paid = given.cents("order_total", net + tax)
    return {
        **dict.fromkeys(("net", "refunded_net"), back[0]),
        **dict.fromkeys(("tax", "refunded_tax"), back[1]),
        "refundable": refundable(paid, GoneBack(succeeded=amount)),
        "refunded": amount,
    }


@recipe("refund", "queue", "settled_balance")
def queued(given: Given, asked: Asked) -> Answers:
    paid = payable_from(given.cents("settled_balance"), given.cents_list("queue"))
    return {"processed": list(paid.processed), "waiting": list(paid.waiting)}


@recipe("refund", "total", "paid", "mode")
def voided(given: Given, asked: Asked) -> Answers:
    """What is given back is refunded as far as it was paid, credited beyond, and the rest is dropped."""
    total, mode = given.cents("total"), given.text("mode")
    back = total // 2 if mode.startswith("half") else total
    gone = void(total=total, paid=given.cents("paid"), given_back=back)
    return {
        "credit_note_total": gone.refund + gone.credit,
        "refund": gone.refund,
        "credit": gone.credit,
        "voided_credit_note_for_rest": gone.dropped,
    }


@recipe("refund", "paid_on", "refund_on")
def pix_window(given: Given, asked: Asked) -> Answers:
    """A Pix goes back within ninety days."""
    allowed = may_return_pix(paid_on=given.day("paid_on"), on=given.day("refund_on"))
    return dict.fromkeys(("refund", "result", "outcome"), "accepted" if allowed else "rejected")


@recipe("refund", "gross", "split_pct")
def shared(given: Given, asked: Asked) -> Answers:
    """Of what the provider leaves; a full refund takes all of it back."""
    gross, fee = given.cents("gross"), given.cents("psp_fee")
    shares = split(gross=gross, fee=fee, share=given.rate("split_pct"))
    undone = split_after_refund(shares, gross=gross, refunded=gross)
    return {
        **dict.fromkeys(("partner", "commission", "reseller"), shares.partner),
        "owner": shares.owner,
        "net": gross - fee,
        "after_full_refund": {"partner": undone.partner, "owner": undone.owner},
    }


def _further(paid: int, gone: GoneBack, amount: int = 1) -> str:
    try:
        check_refund(amount, paid=paid, gone=gone)
    except RefundsExceedPayment:
        return "rejected"
    return "accepted"
