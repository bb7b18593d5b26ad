"""The search of a company's own people: what is theirs to see, wherever it is kept."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.billing import public as billing
from alicerce.apps.customers import public as customers
from alicerce.apps.hosting import public as hosting
from alicerce.apps.orders import public as orders
from alicerce.apps.support import public as support
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.brazil import display_domain
from alicerce.surfaces.searching import EACH, search_page
from alicerce.ui.page import render_page
from alicerce.ui.palette import Hit, HitGroup

ORDERED_FOR = 3
"""For how many of the customers found an order is offered at once."""


@requires("workspace:enter")
@require_safe
def search(request: Request) -> HttpResponse:
    page = search_page(
        request,
        surface="workspace",
        look=lambda words: list(_groups(request, words)),
        label=_("Cliente, domínio, pessoa…"),
    )
    return render_page(request, page)


def _groups(request: Request, words: str) -> Iterator[HitGroup]:
    held = request.permissions
    if "customers:read" in held:
        found = _customers(_who(words))
        yield HitGroup(_("Clientes"), found)
        if "services:create" in held:
            yield HitGroup(_("Novo pedido"), [_ordering(hit) for hit in found[:ORDERED_FOR]])
    if "orders:read" in held:
        yield HitGroup(_("Pedidos"), _orders(words))
    if "services:read" in held and "hosting" in request.products:
        yield HitGroup(_("Serviços"), _services(words))
    if "billing:read" in held:
        yield HitGroup(_("Faturas"), _invoices(words))
    if "support:read" in held:
        yield HitGroup(_("Chamados"), _tickets(words))
    if "members:read" in held:
        yield HitGroup(_("Equipe"), _members(words))


def _who(words: str) -> str:
    """A wish to order for somebody names them, too."""
    wish = _("Novo pedido").lower()
    return words[len(wish) :].strip() if words.lower().startswith(f"{wish} ") else words


def _ordering(customer: Hit) -> Hit:
    return Hit(
        _("Pedir para %(name)s") % {"name": customer.label},
        f"{customer.url}pedidos/novo/",
        "plus",
    )


def _customers(words: str) -> list[Hit]:
    return [
        Hit(one.name, reverse("workspace:customer", args=[one.id]), "user", one.email)
        for one in customers.find_customers(words, limit=EACH)
    ]


def _orders(words: str) -> list[Hit]:
    return [
        Hit(
            _("Pedido nº %(number)s") % {"number": one.number},
            reverse("workspace:order", args=[one.id]),
            "receipt",
            one.description,
        )
        for one in orders.find_orders(words, limit=EACH)
    ]


def _services(words: str) -> list[Hit]:
    return [
        Hit(
            display_domain(one.domain),
            reverse("workspace:service", args=[one.id]),
            "package",
            one.username,
        )
        for one in hosting.find_services(words, limit=EACH)
    ]


def _invoices(words: str) -> list[Hit]:
    return [
        Hit(
            one.code,
            reverse("workspace:invoice", args=[one.id]),
            "receipt",
            str(one.total),
        )
        for one in billing.find_invoices(words, limit=EACH)
    ]


def _tickets(words: str) -> list[Hit]:
    return [
        Hit(
            f"#{one.number} {one.subject}",
            reverse("workspace:ticket", args=[one.id]),
            "life-buoy",
        )
        for one in support.find_tickets(words, limit=EACH)
    ]


def _members(words: str) -> list[Hit]:
    """A team is small enough to look through."""
    wanted = words.lower()
    found = [one for one in tenancy.members() if wanted in f"{one.name} {one.email}".lower()]
    return [
        Hit(
            one.name,
            reverse("workspace:member", args=[one.user_id]),
            "user",
            f"{one.email} · {one.role.name}",
        )
        for one in found[:EACH]
    ]
