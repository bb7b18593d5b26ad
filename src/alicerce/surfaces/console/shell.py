"""What surrounds the operator's pages: a rail with what the person may open."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request
from alicerce.surfaces.site.shell import person
from alicerce.surfaces.standing_in_bar import stand_in_bar
from alicerce.ui.icons import IconName
from alicerce.ui.shell import Brand, NavGroup, NavItem, Shell, languages


def console_shell(request: Request) -> Shell:
    tenant = tenancy.tenant_card()
    return Shell(
        name="console",
        brand=Brand(tenant.name),
        home_url=reverse("console:dashboard"),
        groups=[group for group in _groups(request) if group.items],
        person=person(request),
        sign_out_url=reverse("site:sign_out"),
        language_url=reverse("site:language"),
        search_url=reverse("console:search"),
        languages=languages(),
        scope=_("Operação"),
        time_zone=tenant.time_zone,
        banner=stand_in_bar(request),
    )


def _groups(request: Request) -> list[NavGroup]:
    overview = _item(request, _("Visão geral"), "dashboard", "layout-dashboard")
    return [
        NavGroup([overview, *_hosting(request)]),
        NavGroup(_companies(request), _("Plataforma")),
        NavGroup(_support(request), _("Atendimento")),
        NavGroup(_governance(request), _("Governança")),
    ]


def _hosting(request: Request) -> list[NavItem]:
    items = []
    if "servers:read" in request.permissions:
        items.append(_item(request, _("Servidores"), "servers", "server"))
        items.append(_item(request, _("Divergências"), "differences", "triangle-alert"))
    if "services:read" in request.permissions:
        items.append(_item(request, _("Serviços"), "services", "package"))
        items.append(_item(request, _("Execuções"), "runs", "workflow"))
    return items


def _companies(request: Request) -> list[NavItem]:
    if "companies:read" not in request.permissions:
        return []
    return [
        _item(request, _("Empresas"), "companies", "building-2"),
        _item(request, _("Contas de cobrança"), "accounts", "credit-card"),
    ]


def _support(request: Request) -> list[NavItem]:
    if "support:read" not in request.permissions:
        return []
    return [_item(request, _("Chamados"), "tickets", "life-buoy")]


def _governance(request: Request) -> list[NavItem]:
    items = []
    if "audit:read" in request.permissions:
        items.append(_item(request, _("Auditoria"), "audit", "scroll-text"))
    if "privacy:read" in request.permissions:
        items.append(_item(request, _("Privacidade"), "privacy", "shield-check"))
    if "people:impersonate" in request.permissions:
        items.append(_item(request, _("Ver como"), "stand_in", "eye"))
    return items


def _item(request: Request, label: str, view: str, icon: IconName) -> NavItem:
    """Marked on its list and on the pages of what is in the list: a run is under runs."""
    here = request.resolver_match.url_name if request.resolver_match else None
    kind = _one((here or "").partition("_")[0])
    current = kind == _one(view.partition("_")[0])
    return NavItem(label, reverse(f"console:{view}"), icon, current=current)


def _one(view: str) -> str:
    """The name of one of a list's things."""
    return f"{view[:-3]}y" if view.endswith("ies") else view.removesuffix("s")
