"""Out of what a payment goes back, and whose that is: as it was taken in, or as somebody decided later."""

from dataclasses import dataclass
from uuid import UUID

from alicerce.apps.billing.models import Invoice, Payment, Wallet
from alicerce.apps.billing.queries.suspense import given_left, given_to, unclaimed_of
from alicerce.apps.billing.rules.refunding import source_of
from alicerce.apps.billing.types import InvoiceKind, InvoiceStatus, PaymentFit
from alicerce.apps.billing.types.corrections import RefundSource
from alicerce.kernel.locks import hold
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Whose:
    source: RefundSource
    customer_id: UUID | None


def hold_payment(*, payment: Payment) -> None:
    """After the wallet of whoever was given it."""
    owner = given_to(payment)
    if owner:
        Wallet.objects.hold(owner)
    hold(f"payment {payment.id}")


def is_of_two(*, payment: Payment, amount: Money) -> bool:
    """Whether so much is neither nobody's alone nor within what its customer was given of it.

    Whoever gives it back says which part; what its payer's bank or provider takes was not asked.
    """
    given = given_left(payment)
    if not given_to(payment) or amount.cents <= given:
        return False
    return amount.cents > unclaimed_of([payment.id]).get(payment.id, 0)


def whose_is(*, payment: Payment, invoice: Invoice | None, amount: Money) -> Whose:
    """What was given away leaves its customer's wallet; what is nobody's of it, suspense."""
    owner = given_to(payment)
    if owner and amount.cents > unclaimed_of([payment.id]).get(payment.id, 0):
        return Whose(RefundSource.WALLET, owner)
    source = source_of(
        fit=PaymentFit(payment.fit),
        kind=InvoiceKind(invoice.kind) if invoice else None,
        status=InvoiceStatus(invoice.status) if invoice else None,
    )
    return Whose(source, payment.customer_id)
