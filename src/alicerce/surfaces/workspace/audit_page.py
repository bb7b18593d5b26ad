"""What was done in this company, by whom, and from where."""

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from alicerce.apps.audit import permissions
from alicerce.apps.audit.web.trail import trail_page
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.permissions import WORKSPACE
from alicerce.kernel.access import Request, requires
from alicerce.surfaces.console.people import names
from alicerce.ui.page import render_page


@requires(WORKSPACE)
@requires(permissions.READ)
@require_safe
def audit(request: Request) -> HttpResponse:
    page = trail_page(request, name_of=names(), time_zone=tenancy.tenant_card().time_zone)
    return render_page(request, page)


urlpatterns = [path("auditoria/", audit, name="audit")]
