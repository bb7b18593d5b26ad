"""What reconciliation keeps."""

from alicerce.apps.reconciliation.models.bank import BankAccount, BankLine, BankStatement, Match
from alicerce.apps.reconciliation.models.difference import Difference, DifferenceNote
from alicerce.apps.reconciliation.models.provider import Movement, Payout
from alicerce.apps.reconciliation.models.run import Run

__all__ = [
    "BankAccount",
    "BankLine",
    "BankStatement",
    "Difference",
    "DifferenceNote",
    "Match",
    "Movement",
    "Payout",
    "Run",
]
