"""What a product of the other program is here: a plan that is not shown, with its prices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alicerce.apps.catalog.types import Cycle
from alicerce.apps.hosting.types import PRODUCT_KIND
from alicerce.apps.switching.rules.reading.services import PANELS
from alicerce.apps.switching.rules.reading.values import (
    BROUGHT,
    COLUMNS,
    Body,
    Reading,
    Reference,
    cents,
    refused,
    text,
)
from alicerce.apps.switching.rules.tables import number
from alicerce.apps.switching.types import Place, Remark

TYPES = {Place.PRODUCTS: "product", Place.ADDONS: "addon"}
LONGEST = 80


@dataclass(frozen=True, slots=True)
class PlanPlan:
    kind: str
    family: str
    name: str
    summary: str
    spec: Mapping[str, str]
    prices: Mapping[tuple[Cycle, str], tuple[int, int]]


def read_plan(
    place: Place, body: Body, prices: Sequence[Body], ref: Reference
) -> Reading[PlanPlan]:
    name = text(body, "name")
    if not name:
        return refused("name_missing")
    package = text(body, "configoption1")
    is_account = text(body, "servertype").lower() in PANELS
    remarks = []
    if is_account and not package:
        remarks.append(Remark("package_missing", name))
    family = ref.groups.get(number(body.get("gid")), "") if place == Place.PRODUCTS else ""
    return Reading(
        PlanPlan(
            PRODUCT_KIND if is_account else BROUGHT,
            (family or "WHMCS")[:LONGEST],
            name[:LONGEST],
            " ".join(text(body, "description").split())[:160],
            {"package": package[:LONGEST]} if is_account else {},
            _prices(TYPES[place], prices, ref),
        ),
        tuple(remarks),
    )


def _prices(
    kind: str, bodies: Sequence[Body], ref: Reference
) -> dict[tuple[Cycle, str], tuple[int, int]]:
    """What is below zero is not offered for that cycle."""
    found = {}
    for body in bodies:
        currency = ref.currencies.get(number(body.get("currency")))
        if text(body, "type") != kind or currency is None:
            continue
        for column, (cycle, setup) in COLUMNS.items():
            amount = cents(text(body, column))
            if amount is not None and amount >= 0:
                found[cycle, currency] = (amount, max(cents(text(body, setup)) or 0, 0))
    return found
