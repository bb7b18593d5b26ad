"""What other apps may ask of switching."""

from alicerce.apps.switching.models import (
    Dump,
    DumpPart,
    OldInvoice,
    OldPayment,
    ShadowDifference,
    StagedRow,
    WouldBeInvoice,
)
from alicerce.kernel.personal import PersonalRecords

__all__ = ["personal"]

personal = PersonalRecords(
    Dump, DumpPart, StagedRow, OldInvoice, OldPayment, WouldBeInvoice, ShadowDifference
)
