"""Tables of switching."""

from alicerce.apps.switching.models.book import Link, OldInvoice, OldPayment, Switch
from alicerce.apps.switching.models.dump import Dump, DumpPart, StagedRow
from alicerce.apps.switching.models.shadow import Shadow, ShadowDifference, WouldBeInvoice

__all__ = [
    "Dump",
    "DumpPart",
    "Link",
    "OldInvoice",
    "OldPayment",
    "Shadow",
    "ShadowDifference",
    "StagedRow",
    "Switch",
    "WouldBeInvoice",
]
