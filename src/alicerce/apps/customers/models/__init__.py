"""Who buys from a company, what it knows of them, and who acts on their behalf."""

from alicerce.apps.customers.models.access import CustomerUser, Invitation
from alicerce.apps.customers.models.customer import Customer, Tag, Tier, Word
from alicerce.apps.customers.models.details import Address, Contact, Note
from alicerce.apps.customers.models.exchange import (
    CustomerExport,
    CustomerImport,
    ExportPart,
    ImportFault,
    SavedView,
)
from alicerce.apps.customers.models.rounds import InvitationRound

__all__ = [
    "Address",
    "Contact",
    "Customer",
    "CustomerExport",
    "CustomerImport",
    "CustomerUser",
    "ExportPart",
    "ImportFault",
    "Invitation",
    "InvitationRound",
    "Note",
    "SavedView",
    "Tag",
    "Tier",
    "Word",
]
