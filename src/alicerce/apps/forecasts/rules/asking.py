"""What would be different, as it is written down, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from alicerce.apps.catalog.types import Cycle
from alicerce.apps.dunning import public as dunning
from alicerce.apps.dunning.types import LadderSpec, Rung, StepKind, Terms
from alicerce.apps.forecasts.types import PriceChange, TaxChange, WhatIf
from alicerce.apps.taxes import public as taxes
from alicerce.apps.taxes.types import Manner, TaxKind, TaxSpec, Withholding

LEAST_BP, MOST_BP = -10_000, 100_000


def fault_of(change: WhatIf) -> str:
    """The part that cannot be tried; empty when all can."""
    if change.price and not _is_priced(change.price):
        return "price"
    if change.tax and not taxes.is_sound(change.tax.spec):
        return "tax"
    return "ladder" if change.ladder and dunning.flaws(change.ladder) else ""


def _is_priced(price: PriceChange) -> bool:
    if (price.percent_bp is None) == (price.amount_cents is None):
        return False
    if price.amount_cents is not None:
        return price.amount_cents >= 0 and price.cycle is not None
    return LEAST_BP <= (price.percent_bp or 0) <= MOST_BP


def written(change: WhatIf) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if change.price:
        found["price"] = _plain(asdict(change.price))
    if change.tax:
        found["tax"] = {
            "spec": _plain(asdict(change.tax.spec)),
            "instead_of": str(change.tax.instead_of) if change.tax.instead_of else None,
        }
    if change.ladder:
        found["ladder"] = {
            "terms": asdict(change.ladder.terms),
            "steps": [_plain(asdict(rung)) for rung in change.ladder.rungs],
        }
    return found


def read(told: Mapping[str, Any]) -> WhatIf:
    return WhatIf(
        price=_price(told["price"]) if told.get("price") else None,
        tax=_tax(told["tax"]) if told.get("tax") else None,
        ladder=_ladder(told["ladder"]) if told.get("ladder") else None,
    )


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(value, (UUID, date)) else value
        for name, value in fields.items()
    }


def _price(told: Mapping[str, Any]) -> PriceChange:
    return PriceChange(
        plan_id=UUID(told["plan_id"]),
        since=date.fromisoformat(told["since"]),
        percent_bp=told["percent_bp"],
        amount_cents=told["amount_cents"],
        cycle=Cycle(told["cycle"]) if told["cycle"] else None,
        currency=told["currency"],
    )


def _tax(told: Mapping[str, Any]) -> TaxChange:
    said = dict(told["spec"])
    spec = TaxSpec(
        **{
            **said,
            "kind": TaxKind(said["kind"]),
            "manner": Manner(said["manner"]),
            "withholding": Withholding(said["withholding"]),
            "starts_on": date.fromisoformat(said["starts_on"]),
        }
    )
    return TaxChange(spec, UUID(told["instead_of"]) if told["instead_of"] else None)


def _ladder(told: Mapping[str, Any]) -> LadderSpec:
    rungs = tuple(
        Rung(one["key"], one["offset_days"], StepKind(one["kind"]), one["note"])
        for one in told["steps"]
    )
    return LadderSpec(Terms(**told["terms"]), rungs)
