"""Give back what was brought, the last first. What was billed, worked on or changed here is not given back."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from alicerce.apps.catalog import public as catalog
from alicerce.apps.customers import public as customers
from alicerce.apps.hosting import public as hosting
from alicerce.apps.orders import public as orders
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.support import public as support
from alicerce.apps.switching.models import Link, OldInvoice, OldPayment
from alicerce.apps.switching.types import Place

BACKWARDS = (
    Place.TICKETS,
    Place.PAYMENTS,
    Place.INVOICES,
    Place.HOSTING_ADDONS,
    Place.DOMAINS,
    Place.HOSTING,
    Place.CLIENTS,
    Place.ADDONS,
    Place.PRODUCTS,
)
LEFT = "left"
"""The mark of what stays: it is looked at once."""


def give_some_back(*, most: int) -> bool:
    """Some rows of one table; part of its caller's transaction. False when nothing is left."""
    for place in BACKWARDS:
        own = Link.objects.of(place).exclude(mark=LEFT)
        if links := list(own.order_by("-id")[:most]):
            kept = GIVERS[place](links)
            gone = [link.id for link in links if link.entity_id not in kept]
            Link.objects.filter(pk__in=gone).delete()
            staying = [link.id for link in links if link.entity_id in kept]
            Link.objects.filter(pk__in=staying).update(mark=LEFT)
            return True
    return False


def _tickets(links: Sequence[Link]) -> set[UUID]:
    support.give_back_tickets(ticket_ids=[link.entity_id for link in links])
    return set()


def _payments(links: Sequence[Link]) -> set[UUID]:
    OldPayment.objects.filter(pk__in=[link.entity_id for link in links]).delete()
    return set()


def _invoices(links: Sequence[Link]) -> set[UUID]:
    OldInvoice.objects.filter(pk__in=[link.entity_id for link in links]).delete()
    return set()


def _services(links: Sequence[Link]) -> set[UUID]:
    """A subscription that people changed stays, with its order and its account."""
    kept = _changed(links)
    going = [link for link in links if link.entity_id not in kept and link.entity != "plan"]
    services = {UUID(s): link for link in going if (s := link.beside.get("service"))}
    worked_on = hosting.give_back_services(service_ids=list(services))
    kept |= {services[id_].entity_id for id_ in worked_on}
    own = [link for link in going if link.entity_id not in kept]
    ids = [link.entity_id for link in own if link.entity == "subscription"]
    kept |= set(subscriptions.give_back_subscriptions(subscription_ids=ids))
    orders.give_back_lines(
        line_ids=[UUID(link.beside["line"]) for link in own if link.entity_id not in kept]
    )
    plans = [link.entity_id for link in links if link.entity == "plan"]
    return kept | (_plans_of(plans) if plans else set())


def _changed(links: Sequence[Link]) -> set[UUID]:
    ours = [link for link in links if link.entity == "subscription"]
    marks = subscriptions.marks(subscription_ids=[link.entity_id for link in ours])
    return {link.entity_id for link in ours if marks.get(link.entity_id) != link.mark}


def _clients(links: Sequence[Link]) -> set[UUID]:
    """Who was a customer before is only let go of."""
    own = {link.entity_id for link in links if not link.is_found}
    versions = customers.customer_versions(customer_ids=list(own))
    marks = {link.entity_id: link.mark for link in links if not link.is_found}
    changed = {id_ for id_ in own if str(versions.get(id_, "")) != marks[id_]}
    kept = customers.give_back_customers(customer_ids=sorted(own - changed))
    return changed | set(kept)


def _plans(links: Sequence[Link]) -> set[UUID]:
    return _plans_of([link.entity_id for link in links])


def _plans_of(plan_ids: Sequence[UUID]) -> set[UUID]:
    return set(catalog.give_back_plans(plan_ids=plan_ids))


GIVERS: Mapping[Place, Callable[[Sequence[Link]], set[UUID]]] = {
    Place.TICKETS: _tickets,
    Place.PAYMENTS: _payments,
    Place.INVOICES: _invoices,
    Place.HOSTING_ADDONS: _services,
    Place.DOMAINS: _services,
    Place.HOSTING: _services,
    Place.CLIENTS: _clients,
    Place.ADDONS: _plans,
    Place.PRODUCTS: _plans,
}
