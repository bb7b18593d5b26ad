"""Where the money of a correction is."""

from alicerce.apps.billing import public as billing
from alicerce.apps.corrections.types import CorrectionKind, Standing, Wanted
from alicerce.kernel.money import Money


def standing_of(wanted: Wanted) -> Standing:
    """Raises NoSuchInvoice, NoSuchPayment."""
    found = billing.invoice(wanted.invoice_id) if wanted.invoice_id else None
    left = _refundable(wanted)
    currency = left.currency if left else found.total.currency if found else Money(0).currency
    return Standing(
        invoice_cents=found.remaining.cents if found else None,
        invoice_status=str(found.status) if found else "",
        wallet_cents=_held(wanted, currency),
        payment_cents=left.cents if left else None,
    )


def _refundable(wanted: Wanted) -> Money | None:
    if wanted.kind is not CorrectionKind.REFUND or not wanted.payment_id:
        return None
    return billing.refundable(wanted.payment_id)[1]


def _held(wanted: Wanted, currency: str) -> int | None:
    if not wanted.customer_id:
        return None
    held = {one.currency: one.cents for one in billing.wallet_balance(wanted.customer_id)}
    return held.get(currency, 0)
