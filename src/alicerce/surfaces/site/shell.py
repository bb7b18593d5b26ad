"""What surrounds the public pages, and what every surface has around its own."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import TenantCard
from alicerce.kernel.access import Request
from alicerce.kernel.db import transaction
from alicerce.surfaces.standing_in_bar import stand_in_bar, subject_of
from alicerce.ui.icons import IconName
from alicerce.ui.shell import Brand, NavGroup, NavItem, Person, Shell, languages


def site_shell(request: Request) -> Shell:
    tenant = tenancy.tenant_card()
    items = _items(request, tenant)
    return Shell(
        name="site",
        brand=Brand(tenant.name, tenant.logo_path),
        home_url=reverse("site:home"),
        groups=[NavGroup(items)],
        tabs=items,
        person=person(request),
        sign_in_url=reverse("site:sign_in"),
        sign_out_url=reverse("site:sign_out"),
        language_url=reverse("site:language"),
        languages=languages(),
        time_zone=tenant.time_zone,
        banner=stand_in_bar(request),
    )


@transaction()
def bare_shell(request: Request) -> Shell:
    """For pages of one task: signing in, a new password. Signing in opens its own transactions."""
    tenant = tenancy.tenant_card()
    return Shell(
        name="bare",
        brand=Brand(tenant.name, tenant.logo_path),
        home_url=reverse("site:home"),
        language_url=reverse("site:language"),
        languages=languages(),
        time_zone=tenant.time_zone,
        banner=stand_in_bar(request),
    )


def person(request: Request) -> Person | None:
    if not request.user.is_authenticated:
        return None
    if subject := subject_of(request):
        return Person(subject.name or subject.email, subject.email)
    name = request.user.name or request.user.email
    return Person(name, request.user.email, reverse("account"))


def item(
    request: Request, *, label: str, view: str, icon: IconName, exact: bool = False
) -> NavItem:
    """A link of the navigation, marked when the page is under it."""
    url = reverse(view)
    here = request.path == url if exact else request.path.startswith(url)
    return NavItem(label, url, icon, current=here)


def _items(request: Request, tenant: TenantCard) -> list[NavItem]:
    """On the platform's own address people look for their companies, elsewhere for their services."""
    if not request.user.is_authenticated:
        return []
    if tenant.is_root:
        return [
            item(request, label=_("Suas empresas"), view="site:companies", icon="building-2")
        ]
    return [item(request, label=_("Área do cliente"), view="client:home", icon="user")]
