"""What a provider says, in memory; the real ones are read over HTTP in `test_providers`."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from alicerce.apps.billing.ports import ProviderPayment, ProviderRefund
from alicerce.apps.billing.types.corrections import RefundStatus
from alicerce.apps.reconciliation.ports import Sheet, Told, ToldPayout
from alicerce.apps.reconciliation.types import MovementKind, PayoutStatus, ToldStatus
from alicerce.kernel.money import Money

ENDS = {RefundStatus.SUCCEEDED: ToldStatus.DONE, RefundStatus.FAILED: ToldStatus.FAILED}


@dataclass
class MemoryStatement:
    """Movements by name, the newest first, so many on a page."""

    told: dict[str, Told] = field(default_factory=dict)
    sent: dict[str, ToldPayout] = field(default_factory=dict)
    made_of: dict[str, list[str]] = field(default_factory=dict)
    trouble: list[Exception] = field(default_factory=list)
    size: int = 100
    calls: int = 0

    def movements(self, since: datetime, until: datetime, after: str) -> Sheet[Told]:
        self._maybe_fail()
        inside = [one for one in self.told.values() if since <= one.happened_at < until]
        begin = int(after or 0)
        end = begin + self.size
        return Sheet(inside[begin:end], str(end) if end < len(inside) else "")

    def payouts(self, since: datetime, after: str) -> Sheet[ToldPayout]:
        self._maybe_fail()
        return Sheet(list(self.sent.values()), "")

    def parts(self, payout_id: str, after: str) -> Sheet[Told]:
        return Sheet([self.told[name] for name in self.made_of[payout_id]], "")

    def find_payment(self, reference: str) -> Told | None:
        return self._find(MovementKind.PAYMENT, reference)

    def find_refund(self, reference: str, payment_reference: str) -> Told | None:
        return self._find(MovementKind.REFUND, reference)

    def receive(self, paid: ProviderPayment, *, fee: int = 0, at: datetime) -> Told:
        told = Told(
            MovementKind.PAYMENT,
            f"txn_{paid.reference}",
            paid.reference,
            paid.amount,
            fee,
            paid.amount.cents - fee,
            ToldStatus.DONE,
            at,
            payment=paid,
        )
        self.told[told.external_id] = told
        return told

    def give_back(self, refund: ProviderRefund, *, at: datetime) -> Told:
        told = Told(
            MovementKind.REFUND,
            f"txn_{refund.external_id}",
            refund.external_id,
            refund.amount,
            0,
            -refund.amount.cents,
            ENDS.get(refund.status, ToldStatus.PENDING),
            at,
            payment_reference=refund.payment_reference,
            refund=refund,
        )
        self.told[told.external_id] = told
        return told

    def pay_out(self, *, short: int = 0, at: datetime, name: str = "po_1") -> ToldPayout:
        gone = {part for parts in self.made_of.values() for part in parts}
        self.made_of[name] = [one for one in self.told if one not in gone]
        net = sum(self.told[one].net for one in self.made_of[name]) - short
        self.sent[name] = ToldPayout(
            name, Money(net), PayoutStatus.IN_TRANSIT, at, at.date(), "STRIPE", "", True
        )
        return self.sent[name]

    def arrive(self, name: str = "po_1") -> None:
        self.sent[name] = replace(self.sent[name], status=PayoutStatus.PAID)

    def come_back(self, name: str = "po_1", *, at: datetime) -> None:
        """The bank did not take it: its money is among what is paid out next."""
        sent = replace(self.sent[name], status=PayoutStatus.FAILED, failure="account_closed")
        self.sent[name] = sent
        told = Told(
            MovementKind.PAYOUT,
            f"txn_back_{name}",
            name,
            sent.amount,
            0,
            sent.amount.cents,
            ToldStatus.DONE,
            at,
        )
        self.told[told.external_id] = told

    def _find(self, kind: MovementKind, reference: str) -> Told | None:
        self._maybe_fail()
        every = self.told.values()
        return next((t for t in every if t.kind == kind and t.reference == reference), None)

    def _maybe_fail(self) -> None:
        self.calls += 1
        if self.trouble:
            raise self.trouble.pop(0)
