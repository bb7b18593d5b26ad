"""What other apps may ask of the ledger."""

from alicerce.apps.ledger.queries.balances import (
    is_posted,
    ledger_balance,
    ledger_imbalance,
    posted,
)
from alicerce.apps.ledger.queries.books import opening_balances, statement
from alicerce.apps.ledger.queries.taxes import tax_rows, taxes
from alicerce.apps.ledger.services import post, post_all, post_once

__all__ = [
    "is_posted",
    "ledger_balance",
    "ledger_imbalance",
    "opening_balances",
    "post",
    "post_all",
    "post_once",
    "posted",
    "statement",
    "tax_rows",
    "taxes",
]
