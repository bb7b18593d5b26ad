"""What a product, an add-on or a domain of a client is here: something that renews as it was sold."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from alicerce.apps.billing import public as billing
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.subscriptions.types import NewDiscount, SubscriptionStatus, SuspendCause
from alicerce.apps.switching.rules.reading.values import (
    CYCLES,
    ONCE,
    Body,
    Promotion,
    Reading,
    Reference,
    cents,
    cents_or_zero,
    day,
    refused,
    text,
)
from alicerce.apps.switching.rules.tables import number
from alicerce.apps.switching.types import Place, Remark

STATUSES = {
    "active": SubscriptionStatus.ACTIVE,
    "completed": SubscriptionStatus.ACTIVE,
    "grace": SubscriptionStatus.ACTIVE,
    "suspended": SubscriptionStatus.SUSPENDED,
    "terminated": SubscriptionStatus.ENDED,
    "cancelled": SubscriptionStatus.ENDED,
    "expired": SubscriptionStatus.ENDED,
    "redemption": SubscriptionStatus.ENDED,
    "transferred away": SubscriptionStatus.ENDED,
    "fraud": SubscriptionStatus.ENDED,
}
PANELS = frozenset({"cpanel", "whm", "whmextended"})
UNPAID_WORDS = ("overdue", "atras", "pagamento", "payment")
AT_END = "end of billing period"
YEARS = {1: Cycle.ANNUAL, 2: Cycle.BIENNIAL, 3: Cycle.TRIENNIAL}
LONGEST = 160
MOST_PERIODS = 600
WHOLE = 10_000
"""In basis points."""


@dataclass(frozen=True, slots=True)
class Around:
    """What other rows say of a service: its invoiced due dates, and what was asked to be canceled."""

    billed: frozenset[date] = frozenset()
    cancellation: str = ""


@dataclass(frozen=True, slots=True)
class ServicePlan:
    """Something that a client has. `cycle` is None of what was paid once, or costs nothing."""

    client: int
    product: tuple[Place, int]
    description: str
    domain: str
    username: str
    server: str
    is_account: bool
    cents: int
    currency: str
    cycle: Cycle | None
    next_starts_on: date | None
    anchor_day: int
    status: SubscriptionStatus
    cause: SuspendCause | None
    ends_with_period: bool
    started_on: date
    discount: NewDiscount | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Common:
    client: int
    product: tuple[Place, int]
    words: str
    amount: str
    cycle: str
    due: str
    since: str
    status: str
    currency: str


def read_hosting(
    body: Body, around: Around, currency: str, ref: Reference
) -> Reading[ServicePlan]:
    product_id = number(body.get("packageid"))
    product = ref.products.get(product_id)
    if product is None:
        return refused("product_unknown", text(body, "packageid"))
    domain = text(body, "domain").lower()
    name = text(product, "name")
    common = _Common(
        number(body.get("userid")),
        (Place.PRODUCTS, product_id),
        f"{name} – {domain}" if domain else name,
        text(body, "amount"),
        text(body, "billingcycle"),
        text(body, "nextduedate"),
        text(body, "regdate"),
        text(body, "domainstatus"),
        currency,
    )
    server = ref.servers.get(number(body.get("server")), "")
    is_account = text(product, "servertype").lower() in PANELS and bool(domain)
    return _read(common, around, _promised(body, ref), (body, domain, server, is_account))


def read_addon(
    body: Body, around: Around, currency: str, ref: Reference
) -> Reading[ServicePlan]:
    addon_id = number(body.get("addonid"))
    known = ref.addons.get(addon_id)
    name = text(body, "name") or (text(known, "name") if known else "")
    common = _Common(
        number(body.get("userid")),
        (Place.ADDONS, addon_id if known else 0),
        name or "Add-on",
        text(body, "recurring"),
        text(body, "billingcycle"),
        text(body, "nextduedate"),
        text(body, "regdate"),
        text(body, "status"),
        currency,
    )
    return _read(common, around, ([], None), (body, "", "", False))


def read_domain(
    body: Body, around: Around, currency: str, ref: Reference
) -> Reading[ServicePlan]:
    years, domain = number(body.get("registrationperiod")) or 1, text(body, "domain").lower()
    if years not in YEARS:
        return refused("years_unknown", str(years))
    common = _Common(
        number(body.get("userid")),
        (Place.DOMAINS, 0),
        domain,
        text(body, "recurringamount"),
        {1: "annually", 2: "biennially", 3: "triennially"}[years],
        text(body, "nextduedate"),
        text(body, "registrationdate"),
        text(body, "status"),
        currency,
    )
    if text(body, "donotrenew") == "1":
        around = Around(around.billed, AT_END)
    return _read(common, around, _promised(body, ref), (body, domain, "", False))


def _read(
    common: _Common,
    around: Around,
    promised: tuple[list[Remark], NewDiscount | None],
    place: tuple[Body, str, str, bool],
) -> Reading[ServicePlan]:
    body, domain, server, is_account = place
    remarks, discount = list(promised[0]), promised[1]
    status = STATUSES.get(common.status.lower())
    if status is None:
        return refused("not_started", common.status)
    amount, cycle_said = cents(common.amount), common.cycle.lower()
    if amount is None or amount < 0:
        return refused("amount_unreadable", common.amount)
    cycle = CYCLES.get(cycle_said)
    if cycle is None and cycle_said not in ONCE:
        return refused("cycle_unknown", common.cycle)
    due, since = day(common.due), day(common.since)
    is_over = status == SubscriptionStatus.ENDED
    if cycle and due is None:
        if not is_over or since is None:
            return refused("due_date_missing", common.due)
        due = since
    if cycle is None:
        remarks.append(Remark("not_recurring", common.cycle))
    anchor = _anchor(due, since) if due else 1
    return Reading(
        ServicePlan(
            common.client,
            common.product,
            common.words[:LONGEST],
            domain[:253],
            text(body, "username")[:16],
            server,
            is_account and not is_over,
            amount,
            common.currency,
            cycle,
            _unbilled(due, anchor, cycle, around.billed) if cycle and due else None,
            anchor,
            status,
            _cause(body) if status == SubscriptionStatus.SUSPENDED else None,
            around.cancellation == AT_END,
            since or due or date(2000, 1, 1),
            discount,
            due,
        ),
        tuple(remarks),
    )


def _unbilled(due: date, anchor: int, cycle: Cycle, billed: Collection[date]) -> date:
    """The first period that no invoice asks for. Due dates stay where they are until somebody pays."""
    for _ in range(MOST_PERIODS):
        if due not in billed:
            break
        due = after(due, anchor, cycle)
    return due


def after(due: date, anchor: int, cycle: Cycle) -> date:
    schedule = billing.on_billing_day(due, anchor, billing.step_of(cycle))
    return billing.first_part(schedule, due).span.ends_on


def _anchor(due: date, since: date | None) -> int:
    """The day that was meant: on the last day of a short month, the one that it began on."""
    last = monthrange(due.year, due.month)[1]
    return max(due.day, since.day) if since and due.day == last else due.day


def _cause(body: Body) -> SuspendCause:
    said = text(body, "suspendreason").lower()
    is_unpaid = not said or any(word in said for word in UNPAID_WORDS)
    return SuspendCause.UNPAID if is_unpaid else SuspendCause.STAFF


def _promised(body: Body, ref: Reference) -> tuple[list[Remark], NewDiscount | None]:
    """What its promotion still takes off each cycle."""
    promo_id = number(body.get("promoid"))
    promotion = ref.promotions.get(promo_id)
    if promotion is None:
        return ([Remark("promotion_unknown", str(promo_id))] if promo_id else []), None
    left = promotion.cycles - number(body.get("promocount")) if promotion.cycles else None
    is_over = left is not None and left <= 0
    if not promotion.recurs or promotion.kind == "free setup" or is_over:
        return [], None
    return _taken_off(promotion, body, left)


def _taken_off(
    promotion: Promotion, body: Body, left: int | None
) -> tuple[list[Remark], NewDiscount]:
    words = f"Cupom {promotion.code}"[:80]
    said = max(int((promotion.value * 100).quantize(Decimal(1), ROUND_HALF_UP)), 0)
    if promotion.kind == "percentage":
        return [], NewDiscount(words, min(said, WHOLE), None, left)
    if promotion.kind == "price override":
        off = max(cents_or_zero(body, "amount") - said, 0)
        return [Remark("price_overridden", promotion.code)], NewDiscount(words, None, off, left)
    return [], NewDiscount(words, None, said, left)
