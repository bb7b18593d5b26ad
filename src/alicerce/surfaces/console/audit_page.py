"""The audit trail, with the names of people and companies."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from alicerce.apps.audit import permissions
from alicerce.apps.audit.web.trail import trail_everywhere_page
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.surfaces.console.people import names
from alicerce.ui.page import render_page

PAGES = {"provisioning_run": "run", "server": "server", "ticket": "ticket"}
"""What operators see of a company, by what the trail calls it."""


@requires("platform:operate")
@requires(permissions.READ)
@require_safe
def audit(request: Request) -> HttpResponse:
    page = trail_everywhere_page(
        request,
        name_of=names(of_jobs=True),
        url_of=_url_of,
        tenants=tenancy.tenant_names(),
        time_zone=tenancy.tenant_card().time_zone,
    )
    return render_page(request, page)


def _url_of(entity: str, key: UUID, tenant_id: UUID) -> str:
    if entity == "tenant":
        return reverse("console:company", args=[key])
    name = PAGES.get(entity)
    return reverse(f"console:{name}", args=[tenant_id, key]) if name else ""
