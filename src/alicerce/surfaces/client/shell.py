"""What surrounds the pages of the client area."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.dunning.web.client import late_note
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request
from alicerce.surfaces.site.shell import item, person
from alicerce.surfaces.standing_in_bar import stand_in_bar
from alicerce.ui.component import Content
from alicerce.ui.layout import Stack
from alicerce.ui.shell import Brand, NavGroup, NavItem, Shell, languages


def client_shell(request: Request) -> Shell:
    tenant = tenancy.tenant_card()
    items = _items(request)
    return Shell(
        name="client",
        brand=Brand(tenant.name, tenant.logo_path),
        home_url=reverse("client:home"),
        groups=[NavGroup(items)],
        tabs=items,
        person=person(request),
        sign_in_url=reverse("site:sign_in"),
        sign_out_url=reverse("site:sign_out"),
        language_url=reverse("site:language"),
        languages=languages(),
        time_zone=tenant.time_zone,
        banner=_banner(request),
    )


def _banner(request: Request) -> Content:
    """Nothing at all where there is nothing to say: an empty band would stand above each page."""
    parts = [part for part in (stand_in_bar(request), late_note(request)) if part]
    return Stack(parts) if parts else ""


def _items(request: Request) -> list[NavItem]:
    items = [item(request, label=_("Início"), view="client:home", icon="house", exact=True)]
    if "client:services" in request.permissions:
        items.append(item(request, label=_("Serviços"), view="client:services", icon="server"))
    if "client:billing" in request.permissions:
        items.append(item(request, label=_("Faturas"), view="client:invoices", icon="receipt"))
        items.append(
            item(
                request,
                label=_("Assinaturas"),
                view="client:subscriptions",
                icon="refresh-cw",
            )
        )
    if "client:people" in request.permissions:
        items.append(item(request, label=_("Pessoas"), view="client:people", icon="users"))
    items.append(
        item(request, label=_("Privacidade"), view="account_privacy", icon="shield-check")
    )
    return items
