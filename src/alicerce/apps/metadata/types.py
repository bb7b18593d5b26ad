"""The words of metadata. Plain Python: safe to import anywhere."""

from collections.abc import Mapping
from enum import StrEnum

Changes = Mapping[str, str | None]


class ThingKind(StrEnum):
    """What metadata may stand on."""

    CUSTOMER = "customer"
    ORDER = "order"
    INVOICE = "invoice"
    SERVICE = "service"
    ZONE = "zone"
