"""What surrounds the pages of a company's workspace: a rail with what the person may open."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request
from alicerce.surfaces.site.shell import item, person
from alicerce.ui.shell import Brand, NavGroup, NavItem, Shell, languages


def workspace_shell(request: Request) -> Shell:
    tenant = tenancy.tenant_card()
    return Shell(
        name="workspace",
        brand=Brand(tenant.name),
        home_url=reverse("workspace:home"),
        groups=[group for group in _groups(request) if group.items],
        person=person(request),
        sign_out_url=reverse("site:sign_out"),
        language_url=reverse("site:language"),
        languages=languages(),
        scope=_("Empresa"),
        time_zone=tenant.time_zone,
    )


def _groups(request: Request) -> list[NavGroup]:
    return [
        NavGroup(_overview(request)),
        NavGroup(_developers(request), _("Desenvolvedores")),
    ]


def _developers(request: Request) -> list[NavItem]:
    if "webhooks:read" not in request.permissions:
        return []
    return [item(request, label=_("Webhooks"), view="workspace:webhooks", icon="webhook")]


def _overview(request: Request) -> list[NavItem]:
    return [item(request, label=_("Início"), view="workspace:home", icon="house", exact=True)]
