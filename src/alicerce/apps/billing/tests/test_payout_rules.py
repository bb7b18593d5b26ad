"""What a partner earned is set apart, sent or free: never two of these, and never more than there is."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as some

from alicerce.apps.billing.rules.payouts import (
    Payout,
    PayoutExceedsBalance,
    PayoutOver,
    PayoutState,
    ask_payout,
    available,
)

shares = some.lists(some.integers(1, 400), min_size=1, max_size=4)
deeds = some.tuples(some.sampled_from(["ask", "send", "cancel"]), some.integers(0, 9), shares)


@settings(max_examples=60, deadline=None)
@given(some.integers(0, 2000), some.lists(deeds, max_size=20), some.integers(0, 50))
def test_whatever_is_asked_sent_and_taken_back_sums_to_what_was_earned(earned, story, fee):
    payouts = []
    for deed, which, parts in story:
        with suppress(PayoutExceedsBalance, PayoutOver):
            if deed == "ask":
                payouts.append(ask_payout(earned, payouts, shares=parts, fee=fee))
            elif payouts:
                place = which % len(payouts)
                end = Payout.send if deed == "send" else Payout.cancel
                payouts[place] = end(payouts[place])

    left = available(earned, payouts)
    kept = [one for one in payouts if one.state != PayoutState.CANCELED]
    assert left >= 0
    assert left + sum(one.amount + one.fee for one in kept) == earned
    assert all(one.amount > 0 and sum(one.shares) == one.amount + one.fee for one in payouts)
