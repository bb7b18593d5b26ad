"""Give a customer credit without an invoice, or take some away."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.billing.errors import NotEnoughBalance
from alicerce.apps.billing.models import Wallet
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.services.settle import say_wallet_moved
from alicerce.apps.customers import public as customers
from alicerce.apps.ledger import public as ledger
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money


@transaction()
def adjust_wallet(*, customer_id: UUID, amount: Money, reason: str, at: datetime) -> None:
    """Above zero it is given, below it is taken. Raises NoSuchCustomer, NotEnoughBalance."""
    customers.customer_detail(customer_id)
    held = Wallet.objects.hold(customer_id).get(amount.currency, Money(0, amount.currency))
    if not amount.cents or (held + amount).cents < 0:
        raise NotEnoughBalance
    adjustment_id = uuid7()
    ledger.post(
        kind="wallet.adjusted",
        key=f"wallet-adjustment:{adjustment_id}",
        postings=postings.wallet_adjusted(amount=amount, customer_id=customer_id),
        at=at,
    )
    audit.record(
        action="wallet.adjusted",
        entity="customer",
        entity_id=customer_id,
        before={"balance_cents": held.cents},
        after={
            "balance_cents": (held + amount).cents,
            "currency": amount.currency,
            "reason": Personal(reason, of=f"customer:{customer_id}"),
        },
        at=at,
    )
    kind = "credit" if amount.cents > 0 else "debit"
    say_wallet_moved(customer_id=customer_id, amount=amount, kind=kind, at=at)
