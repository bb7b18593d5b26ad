"""Money that goes out to a partner: set apart when it is asked for, then sent or taken back, never both."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class PayoutState(StrEnum):
    HELD = "held"
    SENT = "sent"
    CANCELED = "canceled"


class PayoutExceedsBalance(Exception):
    pass


class PayoutOver(Exception):
    """It was sent, or taken back, before."""


@dataclass(frozen=True, slots=True)
class Payout:
    """What it pays are shares earned before, named one by one; they sum to it and its fee."""

    shares: tuple[int, ...]
    fee: int = 0
    state: PayoutState = PayoutState.HELD

    @property
    def reserved(self) -> int:
        return sum(self.shares)

    @property
    def amount(self) -> int:
        """What arrives."""
        return self.reserved - self.fee

    def send(self) -> "Payout":
        return self._end(PayoutState.SENT)

    def cancel(self) -> "Payout":
        return self._end(PayoutState.CANCELED)

    def _end(self, state: PayoutState) -> "Payout":
        if self.state != PayoutState.HELD:
            raise PayoutOver
        return replace(self, state=state)


def available(earned: int, payouts: Sequence[Payout]) -> int:
    """What was earned, less what is set apart or gone."""
    kept = (one.reserved for one in payouts if one.state != PayoutState.CANCELED)
    return earned - sum(kept)


def ask_payout(
    earned: int, payouts: Sequence[Payout], *, shares: Sequence[int], fee: int = 0
) -> Payout:
    """Set apart at once: who asks next finds so much less. Raises PayoutExceedsBalance."""
    wanted = Payout(tuple(shares), fee)
    if wanted.amount <= 0 or wanted.reserved > available(earned, payouts):
        raise PayoutExceedsBalance
    return wanted
