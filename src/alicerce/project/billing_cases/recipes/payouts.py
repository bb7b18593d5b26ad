"""Payouts to partners: each step of a case, and two who end one at once, in every order."""

from collections.abc import Callable, Mapping, Sequence
from itertools import permutations
from typing import Any

from alicerce.apps.billing.rules.payouts import (
    Payout,
    PayoutExceedsBalance,
    PayoutOver,
    PayoutState,
    ask_payout,
    available,
)
from alicerce.project.billing_cases import values
from alicerce.project.billing_cases.given import Given
from alicerce.project.billing_cases.recipes.registry import Answers, Asked, recipe

ENDS: Mapping[str, Callable[[Payout], Payout]] = {
    "execute": Payout.send,
    "send": Payout.send,
    "cancel": Payout.cancel,
}
AMOUNTS = ("amount_plus_fees", "amount")
REFUSED = "rejected"


@recipe("refund", "available", "steps")
def step_by_step(given: Given, asked: Asked) -> Answers:
    """A payout without an amount is of all there is."""
    earned, payouts = given.cents("available"), list[Payout]()
    told: list[Answers] = []
    for step in given.value("steps"):
        state = _take(step, earned, payouts)
        told.append({**step, "available": available(earned, payouts), "state": state})
    return {
        "steps": told,
        "available": available(earned, payouts),
        "paid_out": sum(one.amount for one in payouts if one.state == PayoutState.SENT),
    }


@recipe("refund", "parallel")
def at_once(given: Given, asked: Asked) -> Answers:
    """Who ends a payout finds it as the one before left it: one order or the other."""
    ends = [ENDS[str(one)] for one in given.value("parallel")]
    stories = [_winners(order) for order in permutations(ends)]
    both = any(len(winners) > 1 for winners in stories)
    return {
        "exactly_one_wins": all(len(winners) == 1 for winners in stories),
        "money_sent_and_cancelled": "possible" if both else "never",
    }


def _take(step: Mapping[str, Any], earned: int, payouts: list[Payout]) -> str:
    """What became of the payout: its state, as the case writes it when it leaves a choice."""
    deed = str(step["do"])
    try:
        if deed.startswith("create"):
            name = next((one for one in AMOUNTS if one in step), None)
            left = available(earned, payouts)
            amount = values.cents(step[name]) if name else left
            payouts.append(ask_payout(earned, payouts, shares=[amount]))
        else:
            payouts[-1] = ENDS[deed](payouts[-1])
    except (PayoutExceedsBalance, PayoutOver):
        return REFUSED
    return _worded(payouts[-1].state, str(step.get("state", "")))


def _worded(state: PayoutState, told: str) -> str:
    return told if state in told.split("_or_") else state


def _winners(order: Sequence[Callable[[Payout], Payout]]) -> list[PayoutState]:
    payout, won = Payout((10_000,)), []
    for end in order:
        try:
            payout = end(payout)
        except PayoutOver:
            continue
        won.append(payout.state)
    return won
