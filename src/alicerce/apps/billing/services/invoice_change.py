"""Invoice what changed within a period: credits and debits, whichever of them is more."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.services.levy_taxes import preview_taxes
from alicerce.apps.billing.services.open_invoice import open_invoice
from alicerce.apps.billing.services.settle import say_wallet_moved
from alicerce.apps.billing.types import LineKind, NewLine
from alicerce.apps.ledger import public as ledger
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money


@transaction()
def invoice_change(
    *, customer_id: UUID, lines: Sequence[NewLine], due_on: date, at: datetime
) -> UUID:
    """Open an invoice of these lines. What they give back in all is the customer's credit, never cash.

    Then the invoice has a line more, that says so, and asks for nothing. Raises NothingToInvoice.
    """
    total = preview_taxes(customer_id=customer_id, lines=lines, at=at).total
    if total.cents >= 0:
        return open_invoice(customer_id=customer_id, lines=lines, due_on=due_on, at=at)
    excess = -total
    kept = NewLine(_("Crédito que fica no seu saldo"), 1, excess, LineKind.ADJUSTMENT)
    invoice_id = open_invoice(
        customer_id=customer_id, lines=[*lines, kept], due_on=due_on, at=at
    )
    _keep(invoice_id, customer_id, excess, at=at)
    return invoice_id


def _keep(invoice_id: UUID, customer_id: UUID, excess: Money, *, at: datetime) -> None:
    """Revenue that was taken for days to come is the customer's again: as a credit note would post it."""
    ledger.post(
        kind="invoice.excess_kept",
        key=f"invoice:{invoice_id}:excess",
        postings=postings.credited(
            relieved=Money(0, excess.currency),
            to_wallet=excess,
            customer_id=customer_id,
            was_written_off=False,
        ),
        at=at,
    )
    audit.record(
        action="invoice.excess_kept",
        entity="invoice",
        entity_id=invoice_id,
        after={"amount_cents": excess.cents, "currency": excess.currency},
        at=at,
    )
    say_wallet_moved(customer_id=customer_id, amount=excess, kind="credited", at=at)
