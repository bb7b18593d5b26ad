"""Plans and prices as programs read them: plain rows, no instances."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

from alicerce.apps.catalog.errors import NoSuchPlan, NoSuchPrice
from alicerce.apps.catalog.models import Plan, Price
from alicerce.apps.catalog.queries.fields import asked_field, fields_of
from alicerce.apps.catalog.queries.management import ORDER, sold_of
from alicerce.apps.catalog.queries.options import offered_option, options_of
from alicerce.apps.catalog.types import AskedField, OfferedChoice, OfferedOption, PlanStatus
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

PLAN_COLUMNS = (
    "id",
    "name",
    "summary",
    "features",
    "limits",
    "position",
    "is_visible",
    "retired_at",
    "product__name",
    "product__kind",
)
PRICE_COLUMNS = (
    "id", "plan_id", "cycle", "amount_cents", "setup_cents", "trial_days", "trial_card",
    "currency",
)  # fmt: skip
VERSION_COLUMNS = (*PRICE_COLUMNS, "is_active", "since", "retired_at")


def plan_rows(window: Window, *, status: PlanStatus | None) -> Slice:
    """Plans with the prices in force."""
    found = slice_of(Plan.objects.of_status(status), window, *PLAN_COLUMNS)
    return Slice(_plans(found.rows), found.next_cursor)


def plan_record(plan_id: UUID) -> Row:
    """A plan with what its deliverer and its stock say. Raises NoSuchPlan."""
    rows = list(
        Plan.objects.filter(pk=plan_id).values(
            *PLAN_COLUMNS, "spec", "stock", "goes_with", "max_quantity"
        )
    )
    if not rows:
        raise NoSuchPlan
    return _plans(rows)[0]


def _plans(rows: Sequence[Row]) -> list[Row]:
    plan_ids = [row["id"] for row in rows]
    prices, options = _prices_of(plan_ids), options_of(plan_ids)
    fields = fields_of(plan_ids)
    return [
        {
            **_plan(row, prices.get(row["id"], [])),
            "options": [_option(row["id"], each) for each in options[row["id"]]],
            "fields": [_field(each) for each in fields[row["id"]]],
        }
        for row in rows
    ]


def field_record(field_id: UUID) -> Row:
    """Raises NoSuchField."""
    return _field(asked_field(field_id))


def _field(asked: AskedField) -> Row:
    return {"object": "plan_field", **asdict(asked), "choices": list(asked.choices)}


def option_record(option_id: UUID) -> Row:
    """Raises NoSuchOption."""
    plan_id, option = offered_option(option_id)
    return _option(plan_id, option)


def _option(plan_id: UUID, option: OfferedOption) -> Row:
    said = asdict(option)
    return {
        "object": "plan_option",
        "plan_id": plan_id,
        **said,
        "choices": [_choice(choice) for choice in option.choices],
    }


def _choice(choice: OfferedChoice) -> Row:
    prices = [
        {
            "id": price.price_id,
            "cycle": cycle,
            "amount_cents": price.amount.cents,
            "currency": price.amount.currency,
        }
        for cycle, price in choice.prices.items()
    ]
    return {
        "id": choice.id,
        "name": choice.name,
        "adds": choice.adds,
        "prices": sorted(prices, key=lambda price: ORDER[price["cycle"]]),
    }


def _prices_of(plan_ids: Collection[UUID]) -> Mapping[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in Price.objects.active_of(plan_ids).order_by("id").values(*PRICE_COLUMNS):
        found[row["plan_id"]].append({"object": "price", **row})
    return found


def _plan(row: Row, prices: Sequence[Row]) -> Row:
    retired, visible = row.pop("retired_at"), row.pop("is_visible")
    for name in ("product__name", "product__kind"):
        row[name.replace("__", "_")] = row.pop(name)
    shown = PlanStatus.FOR_SALE if visible else PlanStatus.HIDDEN
    return {
        "object": "plan",
        **row,
        "status": PlanStatus.RETIRED if retired else shown,
        "prices": sorted(prices, key=lambda price: ORDER[price["cycle"]]),
    }


def price_rows(window: Window, *, plan_id: UUID) -> Slice:
    """What a plan costs and cost, and how often it was sold at each. Raises NoSuchPlan."""
    if not Plan.objects.filter(pk=plan_id).exists():
        raise NoSuchPlan
    found = slice_of(Price.objects.filter(plan_id=plan_id), window, *VERSION_COLUMNS)
    return Slice(_versions(found.rows), found.next_cursor)


def price_record(price_id: UUID) -> Row:
    """Raises NoSuchPrice."""
    rows = list(Price.objects.filter(pk=price_id).values(*VERSION_COLUMNS))
    if not rows:
        raise NoSuchPrice
    return _versions(rows)[0]


def _versions(rows: Sequence[Row]) -> list[Row]:
    sold = sold_of([row["id"] for row in rows])
    return [{"object": "price", **row, "sold": sold.get(row["id"], 0)} for row in rows]
