"""A year of a host, day by day, by what WHMCS publishes of its billing.

The cron invoices what is due in 14 days, one invoice for a client and a due date, once for a service and its due
date; that date moves on when the invoice is paid, and not before. Tax is reckoned on an invoice as a whole. Who is
late gets a fee after 3 days, is suspended after 5 and terminated after 40.
https://docs.whmcs.com/8-13/billing-and-invoicing/
"""

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from alicerce.vendors.whmcs.people import Client, clients

AHEAD, FEE_AFTER, SUSPEND_AFTER, END_AFTER = 14, 3, 5, 40
FEE = 500
TAX_PERCENT = 2
MONTHS = {"Monthly": 1, "Quarterly": 3, "Semi-Annually": 6, "Annually": 12, "Biennially": 24}
TYPES = {"tblhosting": "Hosting", "tblhostingaddons": "Addon", "tbldomains": "Domain"}
PRODUCTS = (
    (1, "Hospedagem Início", "inicio", 2990), (2, "Hospedagem Profissional", "profissional", 5490),
    (3, "Hospedagem Agência", "agencia", 11990), (4, "Suporte Mensal", "", 14990),
)  # fmt: skip
ADDONS = ((1, "IP dedicado", 1990), (2, "Backup diário", 990))
PROMOTIONS = (
    (1, "BEMVINDO10", "Percentage", "10.00", 0),
    (2, "MENOS5", "Fixed Amount", "5.00", 24),
)
"""Id, code, kind, value, and for how many cycles; zero is for ever."""
LAST_DAY = 28
TWO_IN_FIVE = (0, 1)


@dataclass
class Service:
    table: str
    id: int
    client: Client
    product: int
    words: str
    domain: str
    cycle: str
    cents: int
    since: date
    due: date
    promotion: int = 0
    promoted: int = 0
    status: str = "Active"
    reason: str = ""
    parent: int = 0
    years: int = 1
    invoiced: set[date] = field(default_factory=set)


@dataclass
class Item:
    type: str
    relid: int
    words: str
    cents: int
    due: date
    service: Service | None = None


@dataclass
class Invoice:
    id: int
    client: Client
    on: date
    due: date
    items: list[Item]
    status: str = "Unpaid"
    paid_on: date | None = None
    credit: int = 0
    tax: int = 0
    will_pay: date | None = None

    @property
    def subtotal(self) -> int:
        return sum(item.cents for item in self.items)

    @property
    def total(self) -> int:
        return self.subtotal + self.tax - self.credit


@dataclass
class World:
    """`today` is the last day that was lived."""

    chance: Random
    clients: list[Client]
    services: list[Service] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    payments: list[tuple[int, Invoice, int, date]] = field(default_factory=list)
    today: date = date.min
    counters: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    unpaid: dict[int, Invoice] = field(default_factory=dict)

    def next_id(self, table: str) -> int:
        self.counters[table] += 1
        return self.counters[table]


def begin(count: int, seed: int, on: date) -> World:
    """Everybody with what they have; the first bills are still to come."""
    chance = Random(seed)  # noqa: S311 - a story, the same each time
    world = World(chance, clients(count, chance), today=on)
    for client in world.clients:
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            order(world, client, since=on - timedelta(days=chance.randrange(900)))
    return world


def order(world: World, client: Client, *, since: date) -> Service:
    chance = world.chance
    product, name, _, price = chance.choice(PRODUCTS)
    cycle = chance.choice(
        ("Monthly", "Monthly", "Monthly", "Quarterly", "Annually", "Biennially")
    )
    domain = f"site{world.counters['tblhosting'] + 1}.com.br"
    since = since.replace(day=min(since.day, LAST_DAY))
    cents = price * MONTHS[cycle] - chance.choice((0, 0, 101))
    words = f"{name} - {domain}"
    hosting = _serve(
        world, "tblhosting", client, product=product, words=words, domain=domain, cycle=cycle,
        cents=cents, since=since,
    )  # fmt: skip
    hosting.promotion = chance.choice((0, 0, 0, 0, 0, 0, 1, 2))
    if not chance.randrange(5):
        addon, extra, cents = chance.choice(ADDONS)
        _serve(
            world, "tblhostingaddons", client, product=addon, words=f"{extra} - {domain}", domain="",
            cycle="Monthly", cents=cents, since=since,
        ).parent = hosting.id  # fmt: skip
    if chance.randrange(5) in TWO_IN_FIVE:
        _serve(
            world, "tbldomains", client, product=0, words=f"Renovação de domínio - {domain}",
            domain=domain, cycle="Annually", cents=4990, since=since,
        )  # fmt: skip
    return hosting


def live_until(world: World, last: date) -> None:
    while world.today < last:
        world.today += timedelta(days=1)
        _cron(world, world.today)


def _serve(
    world: World,
    table: str,
    client: Client,
    *,
    product: int,
    words: str,
    domain: str,
    cycle: str,
    cents: int,
    since: date,
) -> Service:
    due = since
    while due <= world.today:
        due = after(due, MONTHS[cycle])
    service = Service(
        table, world.next_id(table), client, product, words, domain, cycle, cents, since, due
    )
    world.services.append(service)
    return service


def after(day: date, months: int) -> date:
    """The same day so many months on; days beyond the 28th are not sold here."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _cron(world: World, today: date) -> None:
    _pay(world, today)
    _remind(world, today)
    _invoice(world, today)


def _invoice(world: World, today: date) -> None:
    groups: dict[tuple[int, date], list[Service]] = defaultdict(list)
    for service in world.services:
        is_live = service.status in {"Active", "Suspended"}
        is_due = service.due <= today + timedelta(days=AHEAD)
        if is_live and is_due and service.due not in service.invoiced:
            groups[service.client.id, service.due].append(service)
    for (_, due), services in groups.items():
        items = [item for service in services for item in _items(service)]
        _issue(world, services[0].client, items, due)


def _items(service: Service) -> list[Item]:
    service.invoiced.add(service.due)
    last = after(service.due, MONTHS[service.cycle]) - timedelta(days=1)
    words = f"{service.words} ({service.due:%d/%m/%Y} - {last:%d/%m/%Y})"
    kind = TYPES[service.table]
    found = [Item(kind, service.id, words, service.cents, service.due, service)]
    if off := _off(service):
        service.promoted += 1
        found.append(
            Item(f"Promo{kind}", service.id, "Cupom: desconto", -off, service.due, service)
        )
    return found


def _off(service: Service) -> int:
    if not service.promotion:
        return 0
    _, _, kind, value, cycles = PROMOTIONS[service.promotion - 1]
    if cycles and service.promoted >= cycles:
        return 0
    units = int(value.replace(".", ""))
    return (service.cents * units + 5_000) // 10_000 if kind == "Percentage" else units


def _issue(world: World, client: Client, items: list[Item], due: date) -> Invoice:
    invoice = Invoice(world.next_id("tblinvoices"), client, world.today, due, items)
    invoice.tax = _tax(client, invoice.subtotal)
    invoice.credit = min(client.credit, invoice.subtotal + invoice.tax)
    client.credit -= invoice.credit
    world.invoices.append(invoice)
    world.unpaid[invoice.id] = invoice
    chance = world.chance
    if chance.random() < client.pays:
        invoice.will_pay = due - timedelta(days=chance.randrange(10))
    elif chance.randrange(5):
        invoice.will_pay = due + timedelta(days=chance.randrange(1, 20))
    return invoice


def _tax(client: Client, cents: int) -> int:
    return (cents * TAX_PERCENT * 2 + 100) // 200 if client.taxed else 0


def _pay(world: World, today: date) -> None:
    for invoice in list(world.unpaid.values()):
        if (invoice.will_pay and invoice.will_pay <= today) or not invoice.total:
            invoice.status, invoice.paid_on = "Paid", today
            del world.unpaid[invoice.id]
            if invoice.total:
                number = world.next_id("tblaccounts")
                world.payments.append((number, invoice, invoice.total, today))
            for item in invoice.items:
                _move_on(item)


def _move_on(item: Item) -> None:
    """The due date follows the payment; who was suspended for it is let go."""
    service = item.service
    if service is None or item.type.startswith("Promo") or service.due != item.due:
        return
    service.due = after(service.due, MONTHS[service.cycle])
    if service.status == "Suspended":
        service.status, service.reason = "Active", ""


def _remind(world: World, today: date) -> None:
    for invoice in list(world.unpaid.values()):
        late = (today - invoice.due).days
        own = [i.service for i in invoice.items if i.service and not i.type.startswith("Promo")]
        if late == FEE_AFTER and world.chance.randrange(2):
            invoice.items.append(Item("LateFee", 0, "Multa por atraso", FEE, invoice.due))
            invoice.tax = _tax(invoice.client, invoice.subtotal)
        if late == SUSPEND_AFTER:
            for service in own:
                if service.table == "tblhosting" and service.status == "Active":
                    service.status, service.reason = "Suspended", "Overdue on Payment"
        if late == END_AFTER:
            _end(world, invoice, own)


def _end(world: World, invoice: Invoice, services: list[Service]) -> None:
    for service in services:
        service.status = "Expired" if service.table == "tbldomains" else "Terminated"
    invoice.status = "Cancelled"
    del world.unpaid[invoice.id]
