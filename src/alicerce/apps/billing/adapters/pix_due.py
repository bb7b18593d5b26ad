"""Charges with a due date between our words and the Central Bank's."""

from alicerce.apps.billing.ports import ChargeOrder
from alicerce.apps.billing.types.due import DueTerms, PaidParts
from alicerce.kernel.brazil import Document
from alicerce.vendors.pix import due as pix
from alicerce.vendors.pix.wire import ReceivedPix


def told(due: DueTerms) -> pix.DueTerms:
    """Amounts where the standard lets us: a percentage would be rounded by somebody else once more."""
    fine = pix.Told(pix.Flat.AMOUNT, due.fine_cents)
    interest = pix.Told(pix.Interest.PERCENT_A_MONTH, due.interest_basis_points)
    return pix.DueTerms(
        due_on=due.due_on,
        valid_days=due.valid_days,
        fine=fine if due.fine_cents else None,
        interest=interest if due.interest_basis_points else None,
        discounts=_discounts(due),
    )


def due_payer(order: ChargeOrder) -> pix.DuePayer:
    payer, lives = order.payer, order.address
    document = Document(payer.document_kind, payer.document)
    if lives is None:
        return pix.DuePayer(payer.name, document)
    street = ", ".join(
        part for part in (lives.street, lives.number, lives.complement, lives.district) if part
    )
    return pix.DuePayer(
        payer.name, document, street, lives.city, lives.state, lives.postal_code
    )


def paid_parts(paid: ReceivedPix) -> PaidParts | None:
    if paid.parts is None:
        return None
    return PaidParts(paid.parts.fine, paid.parts.interest, paid.parts.discount)


def _discounts(due: DueTerms) -> pix.Discounts | None:
    if not due.discount_until:
        return None
    until = pix.Until(due.discount_until, due.discount_cents)
    return pix.Discounts(pix.Discount.AMOUNT_UNTIL, (until,))
