"""The operator's search: companies, servers, services and tickets of the whole platform."""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.hosting import public as hosting
from alicerce.apps.support import public as support
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.brazil import display_domain
from alicerce.surfaces.searching import EACH, search_page
from alicerce.ui.page import render_page
from alicerce.ui.palette import Hit, HitGroup

Names = dict[UUID, str]


@requires("platform:operate")
@require_safe
def search(request: Request) -> HttpResponse:
    page = search_page(
        request,
        surface="console",
        look=lambda words: list(_groups(request, words)),
        label=_("Domínio, conta, servidor, chamado…"),
    )
    return render_page(request, page)


def _groups(request: Request, words: str) -> Iterator[HitGroup]:
    names = tenancy.tenant_names()
    if "companies:read" in request.permissions:
        yield HitGroup(_("Empresas"), _companies(words))
    if "services:read" in request.permissions:
        yield HitGroup(_("Serviços"), _services(words, names))
    if "servers:read" in request.permissions:
        yield HitGroup(_("Servidores"), _servers(words, names))
    if "support:read" in request.permissions:
        yield HitGroup(_("Chamados"), _tickets(words, names))


def _companies(words: str) -> list[Hit]:
    return [
        Hit(one.name, reverse("console:company", args=[one.id]), "building-2", one.slug)
        for one in tenancy.companies_everywhere(words=words, limit=EACH)
    ]


def _services(words: str, names: Names) -> list[Hit]:
    return [
        Hit(
            display_domain(one.domain),
            reverse("console:service", args=[one.tenant_id, one.id]),
            "package",
            " · ".join(filter(None, [one.username, names.get(one.tenant_id, "")])),
        )
        for one in hosting.find_services_everywhere(words, limit=EACH)
    ]


def _servers(words: str, names: Names) -> list[Hit]:
    """A platform has few enough to look through."""
    wanted = words.lower()
    found = [
        one
        for one in hosting.servers_everywhere()
        if wanted in f"{one.name} {one.hostname} {one.ip}".lower()
    ]
    return [
        Hit(
            one.name,
            reverse("console:server", args=[one.tenant_id, one.id]),
            "server",
            f"{one.ip} · {names.get(one.tenant_id, '')}",
        )
        for one in found[:EACH]
    ]


def _tickets(words: str, names: Names) -> list[Hit]:
    return [
        Hit(
            f"#{one.number} {one.subject}",
            reverse("console:ticket", args=[one.tenant_id, one.id]),
            "life-buoy",
            names.get(one.tenant_id, ""),
        )
        for one in support.find_tickets_everywhere(words, limit=EACH)
    ]
