"""What surrounds the operator's pages: a rail with what the person may open."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request
from alicerce.surfaces.site.shell import item, person
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
        languages=languages(),
        scope=_("Operação"),
        time_zone=tenant.time_zone,
    )


def _groups(request: Request) -> list[NavGroup]:
    overview = item(
        request,
        label=_("Visão geral"),
        view="console:dashboard",
        icon="layout-dashboard",
        exact=True,
    )
    return [
        NavGroup([overview, *_hosting(request)]),
        NavGroup(_governance(request), _("Governança")),
    ]


def _hosting(request: Request) -> list[NavItem]:
    items = []
    if "servers:read" in request.permissions:
        items.append(
            item(request, label=_("Servidores"), view="console:servers", icon="server")
        )
    if "hosting:read" in request.permissions:
        items += [
            item(request, label=_("Serviços"), view="console:services", icon="package"),
            item(request, label=_("Ativações"), view="console:runs", icon="workflow"),
        ]
    return items


def _governance(request: Request) -> list[NavItem]:
    if "audit:read" not in request.permissions:
        return []
    return [item(request, label=_("Auditoria"), view="console:audit", icon="scroll-text")]
