"""Products, add-ons and domains of clients: as orders that were delivered, subscriptions, and accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.customers import public as customers
from alicerce.apps.hosting import public as hosting
from alicerce.apps.hosting.types import PRODUCT_KIND, Cause, ServiceStatus
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.public import OldLine, OldSale
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types import ItemKind, SubscriptionStatus, SuspendCause
from alicerce.apps.switching.models import Dump, Link
from alicerce.apps.switching.models.book import LINK, write_all
from alicerce.apps.switching.rules.reading.services import ServicePlan
from alicerce.apps.switching.rules.reading.values import BROUGHT, Reference, noon
from alicerce.apps.switching.services.bring.plans import ensure_common_plans
from alicerce.apps.switching.services.bring.sorting import Pair, Sorted, ids_of, relink
from alicerce.apps.switching.types import Place
from alicerce.kernel.money import Money

SUBSCRIPTION, LINE = "subscription", "order_line"
CAUSES = {SuspendCause.UNPAID: Cause.UNPAID, SuspendCause.STAFF: Cause.STAFF}


@dataclass(frozen=True, slots=True)
class _Around:
    """What services refer to here."""

    customers: Mapping[int, UUID]
    plans: Mapping[tuple[Place, int], UUID]
    servers: Mapping[str, str]


def bring_services(found: Sorted, dump: Dump, ref: Reference, at: datetime) -> int:
    ensure_common_plans(at)
    around = _around([pair.plan for pair in found.new], dump.servers)
    new = [pair for pair in found.new if pair.plan.client in around.customers]
    lines = _sell(new, around, at)
    made = _subscribe(new, lines, around, at)
    accounts = _adopt(new, lines, around, at)
    marks = subscriptions.marks(subscription_ids=list(made.values()))
    write_all(
        [
            _link(pair, lines[pair.id][0], made.get(pair.id), accounts.get(pair.id), marks)
            for pair in new
        ],
        LINK,
    )
    return _follow(found.changed, at)


def _around(plans: Sequence[ServicePlan], servers: Mapping[str, str]) -> _Around:
    places = {plan.product for plan in plans}
    found = {
        (place, source): id_
        for place in {place for place, _ in places}
        for source, id_ in ids_of(place, [s for p, s in places if p == place]).items()
    }
    owners = ids_of(Place.CLIENTS, [plan.client for plan in plans])
    return _Around(owners, found, servers)


def _sell(
    pairs: Sequence[Pair], around: _Around, at: datetime
) -> dict[int, tuple[OldLine, UUID]]:
    """An order for each, delivered already, at the price it was sold for."""
    sold = {pair.id: _price(pair.plan, around) for pair in pairs}
    prices = catalog.sold_prices(sold=set(sold.values()), at=at)
    sales = [_sale(pair.plan, prices[sold[pair.id]], around) for pair in pairs]
    kept = orders.take_over(sales=sales, at=at)
    return {
        pair.id: (line, sale.price_id)
        for pair, line, sale in zip(pairs, kept, sales, strict=True)
    }


def _price(plan: ServicePlan, around: _Around) -> catalog.Sold:
    return catalog.Sold(
        around.plans[plan.product],
        plan.cycle or Cycle.ONE_OFF,
        Money(plan.cents, plan.currency),
    )


def _sale(plan: ServicePlan, price_id: UUID, around: _Around) -> OldSale:
    return OldSale(
        customer_id=around.customers[plan.client],
        price_id=price_id,
        kind=PRODUCT_KIND if plan.is_account else BROUGHT,
        description=plan.description,
        cycle=(plan.cycle or Cycle.ONE_OFF).value,
        spec={"domain": plan.domain} if plan.domain else {},
        amount=Money(plan.cents, plan.currency),
        sold_at=noon(plan.started_on),
    )


def _subscribe(
    pairs: Sequence[Pair], lines: Mapping[int, Any], around: _Around, at: datetime
) -> dict[int, UUID]:
    """What recurs; the others have an order alone."""
    recurring = [pair for pair in pairs if pair.plan.cycle]
    made = subscriptions.take_over(
        subscriptions=[
            subscriptions.OldSubscription(
                customer_id=around.customers[pair.plan.client],
                order_id=lines[pair.id][0].order_id,
                line_id=lines[pair.id][0].line_id,
                price_id=lines[pair.id][1],
                description=pair.plan.description,
                kind=ItemKind.ADDON
                if pair.row.place == Place.HOSTING_ADDONS
                else ItemKind.PLAN,
                started_at=noon(pair.plan.started_on),
                course=course_of(pair.plan),
            )
            for pair in recurring
        ],
        at=at,
    )
    return {pair.id: id_ for pair, id_ in zip(recurring, made, strict=True)}


def course_of(plan: ServicePlan) -> subscriptions.Course:
    assert plan.cycle
    assert plan.next_starts_on
    return subscriptions.Course(
        amount=Money(plan.cents, plan.currency),
        cycle=plan.cycle,
        next_starts_on=plan.next_starts_on,
        anchor_day=plan.anchor_day,
        status=plan.status,
        suspend_cause=plan.cause,
        ends_with_period=plan.ends_with_period,
        discount=plan.discount,
    )


def _adopt(
    pairs: Sequence[Pair], lines: Mapping[int, Any], around: _Around, at: datetime
) -> dict[int, UUID]:
    """Accounts on panels, found by server and name: a link and no more. Nothing is provisioned."""
    own = [pair for pair in pairs if pair.plan.is_account]
    made = hosting.adopt(
        accounts=[_account(pair.plan, lines[pair.id][0].line_id, around) for pair in own],
        at=at,
    )
    found = {pair.id: id_ for pair, id_ in zip(own, made, strict=True) if id_}
    customers.make_all_findable(
        texts=[
            (around.customers[pair.plan.client], pair.plan.domain, f"service:{found[pair.id]}")
            for pair in own
            if pair.id in found
        ]
    )
    return found


def _account(plan: ServicePlan, line_id: UUID, around: _Around) -> hosting.OldAccount:
    is_held = plan.status == SubscriptionStatus.SUSPENDED
    server = around.servers.get(plan.server, "")
    return hosting.OldAccount(
        customer_id=around.customers[plan.client],
        line_id=line_id,
        domain=plan.domain,
        username=plan.username,
        server_id=UUID(server) if server else None,
        package="",
        plan_name=plan.description.split(" – ")[0][:120],
        status=ServiceStatus.SUSPENDED if is_held else ServiceStatus.ACTIVE,
        held_for=CAUSES.get(plan.cause or SuspendCause.UNPAID) if is_held else None,
        since=noon(plan.started_on),
    )


def _link(
    pair: Pair,
    line: OldLine,
    subscription_id: UUID | None,
    service_id: UUID | None,
    marks: Mapping[UUID, str],
) -> Link:
    return Link(
        place=pair.row.place,
        source_id=pair.id,
        entity=SUBSCRIPTION if subscription_id else LINE,
        entity_id=subscription_id or line.line_id,
        digest=pair.digest,
        mark=marks.get(subscription_id, "") if subscription_id else "",
        beside={"line": str(line.line_id), "service": str(service_id or "")},
    )


def _follow(changed: Sequence[tuple[Pair, Link]], at: datetime) -> int:
    """Amount, days and standing as they are there now, unless somebody changed the subscription here."""
    ours = [one for one in changed if one[1].entity == SUBSCRIPTION and one[0].plan.cycle]
    marks = subscriptions.marks(subscription_ids=[link.entity_id for _, link in ours])
    free = [one for one in ours if marks.get(one[1].entity_id) == one[1].mark]
    subscriptions.follow(
        courses={link.entity_id: course_of(pair.plan) for pair, link in free}, at=at
    )
    after = subscriptions.marks(subscription_ids=[link.entity_id for _, link in free])
    relink(free, after)
    left = [one for one in changed if one not in free]
    relink(left, {})
    return len(left)
