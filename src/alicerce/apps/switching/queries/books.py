"""Both books of the days between two dumps: what was brought before, and what was invoiced there since."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from django.db.models import Exists, OuterRef

from alicerce.apps.billing import public as billing
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.switching.models import Dump, Link, StagedRow
from alicerce.apps.switching.queries.rows import (
    CANCELED,
    ITEM_TYPES,
    batch,
    clients_of,
    grouped,
    readings,
    reference,
)
from alicerce.apps.switching.queries.taxing import Added, added_by, taxes_of
from alicerce.apps.switching.rules.both import (
    Beside,
    Books,
    Key,
    Ours,
    Service,
    Theirs,
)
from alicerce.apps.switching.rules.reading.services import ServicePlan
from alicerce.apps.switching.rules.reading.values import (
    Body,
    Reference,
    cents_or_zero,
    day,
    text,
)
from alicerce.apps.switching.rules.tables import digest_of_plan, number
from alicerce.apps.switching.types import SERVICES, DifferenceKind, DumpStage, Place

AT_ONCE = 1_000
WHOLE = 10_000
SUBSCRIPTION = "subscription"
PROMOTIONS = {"PromoHosting": Place.HOSTING, "PromoDomain": Place.DOMAINS}
PLACES: Mapping[str, Place] = {
    **{name: place for place, names in ITEM_TYPES.items() for name in names},
    **PROMOTIONS,
}
NO_SALE = frozenset({"AddFunds", "Invoice"})
"""Money put aside, and invoices paid together: both are asked for by other invoices too."""
BESIDE = {"LateFee": DifferenceKind.LATE_FEE, "Upgrade": DifferenceKind.UPGRADED}
UNCOUNTED = frozenset({"draft"})


@dataclass
class _There:
    """What was invoiced there since."""

    theirs: dict[Key, Theirs] = field(default_factory=dict)
    beside: list[Beside] = field(default_factory=list)
    canceled: set[Key] = field(default_factory=set)
    added: dict[int, Added] = field(default_factory=dict)
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Both books, and the days that they are compared for."""

    books: Books
    since: date
    until: date
    links: Mapping[UUID, tuple[Place, int]]


def books_of(dump: Dump) -> Compared:
    """As of this dump; what was brought by it, or by a newer one, is not to be compared with it."""
    ref, since = reference(dump.id), brought_on()
    there = _invoiced(dump.id, ref)
    until = (there.last or dump_day(dump)) + timedelta(days=ref.days_ahead)
    links = {link.entity_id: link for link in Link.objects.filter(entity=SUBSCRIPTION)}
    ours = _ours(links, until)
    taxes, adds = taxes_of(ours, there.theirs, there.added, days_ahead=ref.days_ahead)
    books = Books(
        ours,
        there.theirs,
        _services(dump.id, ref, since, _Here.of(links, ours)),
        there.beside,
        taxes,
        adds,
        frozenset(there.canceled),
        ref.settings.get("DateFormat", ""),
    )
    sources = {id_: (Place(link.place), link.source_id) for id_, link in links.items()}
    return Compared(books, min(since, until), until, sources)


@dataclass(frozen=True, slots=True)
class _Here:
    """What was brought, as it stands here."""

    links: Mapping[tuple[Place, int], Link]
    standings: Mapping[UUID, subscriptions.StandsNow]
    marks: Mapping[UUID, str]
    nexts: Mapping[tuple[Place, int], date]
    owners: Mapping[int, UUID]

    @classmethod
    def of(cls, links: Mapping[UUID, Link], ours: Mapping[Key, Ours]) -> "_Here":
        clients = Link.objects.of(Place.CLIENTS)
        return cls(
            {(Place(link.place), int(link.source_id)): link for link in links.values()},
            subscriptions.standings(list(links)),
            subscriptions.marks(subscription_ids=list(links)),
            {key[:2]: ours[key].ends_on for key in sorted(ours)},
            dict(clients.values_list("source_id", "entity_id")),
        )


def _services(
    dump_id: UUID, ref: Reference, since: date, here: _Here
) -> dict[tuple[Place, int], Service]:
    """Of both books; what is not there any more was removed there."""
    found = {
        (place, source_id): _service(
            (place, source_id), plan, since, here, continuous=ref.is_continuous
        )
        for place in SERVICES
        for source_id, plan in _plans(dump_id, place, ref)
    }
    for key, link in here.links.items():
        if key not in found:
            status = here.standings[link.entity_id].status
            found[key] = Service(is_ours=True, changed_there=True, status_here=status)
    return found


def _service(
    key: tuple[Place, int], plan: ServicePlan, since: date, here: _Here, *, continuous: bool
) -> Service:
    link, customer_id = here.links.get(key), here.owners.get(plan.client)
    if link is None:
        return Service(is_ours=False, customer_id=customer_id, is_new=plan.started_on >= since)
    now = here.standings[link.entity_id]
    return Service(
        is_ours=True,
        customer_id=customer_id,
        runs_here=now.runs_on,
        changed_here=here.marks[link.entity_id] != link.mark,
        changed_there=link.digest != digest_of_plan(plan),
        prices=_prices(plan) if plan.cents != now.amount_cents else frozenset(),
        status_here=now.status,
        status_there=plan.status,
        next_here=here.nexts.get(key, now.next_starts_on),
        next_there=plan.next_starts_on,
        due_there=None if continuous else plan.due_on,
    )


def brought_on() -> date:
    """The day of the newest dump that was brought."""
    dump = Dump.objects.filter(stage=DumpStage.BROUGHT).newest_first().first()
    return dump_day(dump) if dump else date.max


def dump_day(dump: Dump) -> date:
    found: date = dump.taken_on or dump.created_at.date()
    return found


def _ours(links: Mapping[UUID, Link], until: date) -> dict[Key, Ours]:
    found = {}
    for id_, renewals in subscriptions.would_renew(list(links), until=until).items():
        link = links[id_]
        for one in renewals:
            found[Place(link.place), int(link.source_id), one.period.starts_on] = Ours(
                one.cents,
                one.due.currency,
                one.due.customer_id,
                one.period.starts_on,
                one.period.ends_on,
                one.lines,
            )
    return found


def _plans(dump_id: UUID, place: Place, ref: Reference) -> Iterator[tuple[int, ServicePlan]]:
    after = -1
    while rows := batch(dump_id, place, after=after, most=AT_ONCE):
        for row, reading in readings(dump_id, place, rows, ref):
            if reading.plan:
                yield row.source_id, reading.plan
        after = rows[-1].source_id


def _prices(plan: ServicePlan) -> frozenset[int]:
    """What it costs there by now, with its promotion and without."""
    off = 0
    if plan.discount and plan.discount.percent_bp is not None:
        off = sum(
            billing.percentage_discount(Fraction(plan.discount.percent_bp, WHOLE), [plan.cents])
        )
    elif plan.discount:
        off = min(plan.discount.amount_cents or 0, plan.cents)
    return frozenset({plan.cents, plan.cents - off})


def _invoiced(dump_id: UUID, ref: Reference) -> _There:
    """Of the invoices that nobody brought yet."""
    known = Link.objects.of(Place.INVOICES).filter(source_id=OuterRef("source_id"))
    rows = StagedRow.objects.of(dump_id, Place.INVOICES).filter(~Exists(known))
    there, after = _There(), -1
    while some := list(
        rows.filter(source_id__gt=after)
        .order_by("source_id")
        .values_list("source_id", "body")[:AT_ONCE]
    ):
        _read_invoices(dump_id, dict(some), ref, there)
        after = some[-1][0]
    return there


def _read_invoices(
    dump_id: UUID, bodies: Mapping[int, Body], ref: Reference, there: _There
) -> None:
    items = grouped(dump_id, Place.ITEMS, list(bodies))
    clients = {number(body.get("userid")) for body in bodies.values()}
    known = clients_of(dump_id, clients)
    owners = dict(
        Link.objects.of(Place.CLIENTS)
        .filter(source_id__in=clients)
        .values_list("source_id", "entity_id")
    )
    for id_, body in bodies.items():
        status, client = text(body, "status").lower(), number(body.get("userid"))
        if status in UNCOUNTED:
            continue
        currency = ref.currencies.get(
            number(known.get(client, {}).get("currency")), ref.default_currency
        )
        own = [item for _, item in items[id_]]
        if status == CANCELED:
            there.canceled |= {key for item in own if (key := _key(item))}
            continue
        owner = owners.get(client)
        _read_items(there, id_, own, currency, owner)
        if not ref.tax_within:
            there.added |= added_by(id_, body, currency, owner)
        issued = day(text(body, "date"))
        if issued and any(_key(item) for item in own):
            there.last = max(there.last or issued, issued)


def _read_items(
    there: _There,
    invoice: int,
    items: Collection[Body],
    currency: str,
    customer_id: UUID | None,
) -> None:
    for item in items:
        cents, kind = cents_or_zero(item, "amount"), text(item, "type")
        if kind in NO_SALE:
            continue
        if key := _key(item):
            before = there.theirs.get(key)
            words = text(item, "description")
            there.theirs[key] = Theirs(
                cents + (before.cents if before else 0),
                currency,
                invoice,
                f"{before.words} {words}" if before else words,
            )
            continue
        there.beside.append(
            Beside(
                BESIDE.get(kind, DifferenceKind.BY_HAND),
                invoice,
                cents,
                currency,
                " ".join(text(item, "description").split()),
                customer_id,
            )
        )


def _key(item: Body) -> Key | None:
    """Of what asks for a period of a service."""
    place, relid = PLACES.get(text(item, "type")), number(item.get("relid"))
    due = day(text(item, "duedate"))
    return (place, relid, due) if place and relid and due else None
