"""Take over what is said of a claim on a payment. In whichever order it is heard, the books end up the same."""

from dataclasses import dataclass
from datetime import datetime

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.errors import NoSuchPayment
from alicerce.apps.billing.models import Contest, Invoice, Payment, Wallet
from alicerce.apps.billing.queries.refunds import left_to_refund
from alicerce.apps.billing.rules import contesting
from alicerce.apps.billing.services.holding import hold_any_invoice
from alicerce.apps.billing.services.settle import say_wallet_moved
from alicerce.apps.billing.services.whose import hold_payment, whose_is
from alicerce.apps.billing.types import PaymentFit
from alicerce.apps.billing.types.contests import Contested, ContestState
from alicerce.apps.billing.types.corrections import RefundSource
from alicerce.apps.ledger import public as ledger
from alicerce.apps.ledger.types import Posting
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money


@transaction(shared=True)
def follow_contest(*, told: Contested, at: datetime) -> bool:
    """Freeze what is claimed, post what moved, and give it up or free it when that is decided.

    Whether anything was news. Each movement is posted once, by its name. Raises NoSuchPayment.
    """
    case, is_new = _hold(told, at=at)
    moved = [_move(case, told, number, at=at) for number in range(len(told.moves))]
    ended = _end(case, told, at=at)
    return is_new or any(moved) or ended


@dataclass(frozen=True, slots=True)
class _Case:
    contest: Contest
    payment: Payment
    invoice: Invoice | None

    @property
    def source(self) -> RefundSource:
        return RefundSource(self.contest.source)

    def post(self, what: str, sides: list[Posting], *, at: datetime) -> bool:
        """Once: whoever posts for a payment holds it. Nothing that moves nothing is written."""
        key = f"contest:{self.contest.id}:{what}"
        if not sides or ledger.is_posted(key):
            return False
        kind = f"contest.{what.partition(':')[0]}"
        ledger.post(kind=kind, key=key, postings=sides, at=at)
        return True


def _hold(told: Contested, *, at: datetime) -> tuple[_Case, bool]:
    payment = Payment.objects.filter(pk=told.payment_id).first()
    if payment is None:
        raise NoSuchPayment
    invoice = hold_any_invoice(invoice_id=payment.invoice_id) if payment.invoice_id else None
    if invoice is None and payment.customer_id:
        Wallet.objects.hold(payment.customer_id)
    hold_payment(payment=payment)
    found = Contest.objects.filter(payment_id=payment.id, key=told.key).first()
    if found is not None:
        return _Case(found, payment, invoice), False
    return _open(told, payment, invoice, at=at), True


def _open(told: Contested, payment: Payment, invoice: Invoice | None, *, at: datetime) -> _Case:
    whose = whose_is(payment=payment, invoice=invoice, amount=told.amount)
    frozen = max(min(told.amount, left_to_refund(payment)), Money(0, payment.currency))
    contest = Contest.objects.create(
        payment=payment,
        invoice=invoice,
        customer_id=whose.customer_id,
        key=told.key,
        source=whose.source,
        amount_cents=told.amount.cents,
        frozen_cents=frozen.cents,
        invoice_cents=_on_invoice(frozen, payment, invoice),
        currency=payment.currency,
    )
    case = _Case(contest, payment, invoice)
    _freeze(case, frozen, at=at)
    _record(case, "payment.disputed", at=at)
    return case


def _on_invoice(frozen: Money, payment: Payment, invoice: Invoice | None) -> int:
    """An invoice is disputed with as much as it still holds of what was paid."""
    if invoice is None or payment.fit != PaymentFit.APPLIED or invoice.voided_at:
        return 0
    return min(frozen, invoice.kept).cents


def _freeze(case: _Case, frozen: Money, *, at: datetime) -> None:
    contest, invoice = case.contest, case.invoice
    if invoice and contest.invoice_cents:
        invoice.dispute(contest.invoice_cents)
    if case.source == RefundSource.SUSPENSE:
        contest.hold_credit(frozen.cents)
    if case.source != RefundSource.WALLET or contest.customer_id is None:
        return
    held = Wallet.objects.hold(contest.customer_id).get(contest.currency)
    if held and held.cents:
        contest.hold_credit(min(held, frozen).cents)
        _move_credit(case, "frozen", -contest.held_cents, at=at)


def _move(case: _Case, told: Contested, number: int, *, at: datetime) -> bool:
    move = told.moves[number]
    sides = contesting.money_moved(
        amount=move.amount, fee=move.fee, provider=case.payment.provider
    )
    return case.post(f"moved:{move.reference}", sides, at=at)


def _end(case: _Case, told: Contested, *, at: datetime) -> bool:
    before = ContestState(case.contest.state)
    if told.state.rank <= before.rank:
        return False
    if told.state == ContestState.LOST:
        _lose(case, told.lost or told.amount, at=at)
        _record(case, "payment.charged_back", at=at)
        return True
    if before == ContestState.LOST:
        _win_back(case, at=at)
    else:
        _free(case, at=at)
    case.contest.release()
    _record(case, "payment.dispute_won", at=at)
    return True


def _lose(case: _Case, lost: Money, *, at: datetime) -> None:
    contest, invoice = case.contest, case.invoice
    contest.lose(lost)
    case.post("lost", _loss(case), at=at)
    if case.source == RefundSource.WALLET and contest.held_cents > lost.cents:
        _move_credit(case, "rest", contest.held_cents - lost.cents, at=at)
    if invoice and contest.invoice_cents:
        invoice.charge_back(
            min(contest.invoice_cents, lost.cents), disputed=contest.invoice_cents
        )


def _win_back(case: _Case, *, at: datetime) -> None:
    contest, invoice = case.contest, case.invoice
    lost = contest.lost_cents
    case.post("won_back", [-side for side in _loss(case)], at=at)
    if case.source == RefundSource.WALLET and contest.held_cents:
        _move_credit(case, "freed", min(contest.held_cents, lost), at=at)
    if invoice and contest.invoice_cents:
        invoice.win_back(min(contest.invoice_cents, lost))


def _free(case: _Case, *, at: datetime) -> None:
    contest, invoice = case.contest, case.invoice
    if case.source == RefundSource.WALLET and contest.held_cents:
        _move_credit(case, "freed", contest.held_cents, at=at)
    if invoice and contest.invoice_cents:
        invoice.undispute(contest.invoice_cents)


def _loss(case: _Case) -> list[Posting]:
    contest = case.contest
    is_theirs = case.source != RefundSource.SUSPENSE
    return contesting.claim_lost(
        lost=contest.money(contest.lost_cents),
        covered=contest.money(min(contest.held_cents, contest.lost_cents)),
        source=case.source,
        customer_id=contest.customer_id if is_theirs else None,
    )


def _move_credit(case: _Case, what: str, cents: int, *, at: datetime) -> None:
    """Below zero it is frozen, above it is free to spend again."""
    amount, customer_id = case.contest.money(abs(cents)), case.contest.customer_id
    sides = contesting.credit_freed if cents > 0 else contesting.credit_frozen
    if case.post(what, sides(amount=amount, customer_id=customer_id), at=at):
        moved = case.contest.money(cents)
        say_wallet_moved(customer_id=customer_id, amount=moved, kind=f"contest_{what}", at=at)


def _record(case: _Case, action: str, *, at: datetime) -> None:
    audit.record(
        action=action,
        entity="payment",
        entity_id=case.payment.id,
        after={
            "invoice_id": case.contest.invoice_id,
            "dispute": case.contest.key,
            "amount_cents": case.contest.amount_cents,
            "frozen_cents": case.contest.frozen_cents,
            "lost_cents": case.contest.lost_cents,
            "currency": case.contest.currency,
            "invoice_status": str(case.invoice.status) if case.invoice else "",
        },
        at=at,
    )
