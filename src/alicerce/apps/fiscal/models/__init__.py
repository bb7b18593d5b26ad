"""The tables of fiscal."""

from alicerce.apps.fiscal.models.document import DpsCounter, FiscalDocument, FiscalTask
from alicerce.apps.fiscal.models.issuer import Issuer

__all__ = ["DpsCounter", "FiscalDocument", "FiscalTask", "Issuer"]
