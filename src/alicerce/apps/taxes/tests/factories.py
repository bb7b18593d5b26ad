"""The least that is valid, for tests."""

from datetime import UTC, date, datetime
from typing import Any

from alicerce.apps.taxes.models import TaxRate
from alicerce.apps.taxes.services import add_tax
from alicerce.apps.taxes.types import Manner, TaxKind, TaxSpec

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def a_spec(**given: Any) -> TaxSpec:
    facts: dict[str, Any] = {
        "name": "ISS",
        "kind": TaxKind.ISS,
        "rate_ppm": 50_000,
        "manner": Manner.ADDED,
        "starts_on": date(2026, 9, 1),
    }
    return TaxSpec(**{**facts, **given})


def a_tax(*, at: datetime = NOON, **given: Any) -> TaxRate:
    """Five percent of ISS on top of everything."""
    return TaxRate.objects.get(pk=add_tax(spec=a_spec(**given), at=at))
