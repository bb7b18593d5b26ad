"""What other apps may ask of reconciliation."""

from alicerce.apps.reconciliation.models import (
    BankLine,
    BankStatement,
    Difference,
    DifferenceNote,
)
from alicerce.kernel.personal import PersonalRecords

__all__ = ["personal"]

personal = PersonalRecords(Difference, DifferenceNote, BankStatement, BankLine)
