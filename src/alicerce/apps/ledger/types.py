"""Accounts, movements of money and their sides. Plain Python: safe to import anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.kernel.money import Money

RECEIVABLE, REVENUE, WALLET, SUSPENSE = "receivable", "revenue", "wallet", "suspense"
DEFERRED = "deferred"
"""What was asked for days to come: revenue as they pass."""
BANK = "bank"
DEPOSITS = "deposits"
"""What customers were asked to put into their wallets and have not paid yet."""
REFUNDING = "refunding"
"""Credit on its way back to whoever paid it."""
BAD_DEBT = "bad_debt"
TAX_PAYABLE = "tax_payable"
"""What is owed to authorities: never ours, though customers pay it to us."""
TAX_WITHHELD = "tax_withheld"
"""What customers kept back of it, to pay it to them in our name."""
OPENING = "opening"
"""What customers owed, or had, when the books began here."""
GOODWILL = "goodwill"
"""Credit that was given, or taken back, without an invoice."""
RESERVE = "dispute_reserve"
"""What providers hold of ours until a claim is decided."""
LOSSES = "dispute_losses"
PLATFORM_FEES, PLATFORM_INCOME = "fees:platform", "income:platform"
"""What the platform keeps of payments through accounts under its own: a company's cost, the platform's income."""
CONTESTED = "contested"
"""Credit that came with a contested payment: it cannot be spent meanwhile."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of a movement in the ledger: debits above zero, credits below."""

    account: str
    amount: Money
    customer_id: UUID | None = None

    def __neg__(self) -> "Posting":
        return Posting(self.account, -self.amount, self.customer_id)


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement of money as it is to be posted; its key makes a repeated one impossible."""

    kind: str
    key: str
    postings: Sequence[Posting]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement between a company and its customer, and what is between them after it."""

    at: datetime
    kind: str
    about: str
    amount: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class TrialLine:
    """An account of the ledger: all its debits, all its credits, and the difference."""

    account: str
    currency: str
    debits: int
    credits: int

    @property
    def balance(self) -> Money:
        return Money(self.debits - self.credits, self.currency)


@dataclass(frozen=True, slots=True)
class TaxRow:
    account: str
    about: str
    at: datetime
    amount: Money
