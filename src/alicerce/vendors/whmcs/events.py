"""What happens to a host between two dumps beside its cron: people who decide something."""

from datetime import date, timedelta

from alicerce.vendors.whmcs.people import Client
from alicerce.vendors.whmcs.world import Item, Service, World, order


def busy_month(world: World) -> None:
    """Orders, cancellations, prices that people change, and lines that they type by hand."""
    for _ in range(max(1, len(world.clients) // 100)):
        client = world.chance.choice(world.clients)
        since = world.today + timedelta(days=1)
        for service in _last_ordered(world, client, since):
            service.due = since  # a new order is invoiced at once
    for service in _some(world, 150):
        service.status = "Cancelled" if service.table != "tblhostingaddons" else "Terminated"
    for service in _some(world, 120):
        if not service.promotion and service.due not in service.invoiced:
            service.cents += 500
    for invoice in list(world.unpaid.values())[:: max(1, len(world.unpaid) // 5)]:
        invoice.items.append(Item("", 0, "Consultoria avulsa", 12_000, invoice.due))


def _last_ordered(world: World, client: Client, since: date) -> list[Service]:
    before = len(world.services)
    order(world, client, since=since)
    return world.services[before:]


def _some(world: World, one_in: int) -> list[Service]:
    live = [one for one in world.services if one.status == "Active"]
    return world.chance.sample(live, max(1, len(live) // one_in))
