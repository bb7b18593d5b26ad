"""The audit trail, with the names of people and companies."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from alicerce.apps.audit import permissions
from alicerce.apps.audit.web.trail import trail_everywhere_page
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.surfaces.console.people import names
from alicerce.ui.page import render_page


@requires("platform:operate")
@requires(permissions.READ)
@require_safe
def audit(request: Request) -> HttpResponse:
    page = trail_everywhere_page(
        request,
        name_of=names(of_jobs=True),
        tenants=tenancy.tenant_names(),
        time_zone=tenancy.tenant_card().time_zone,
    )
    return render_page(request, page)
