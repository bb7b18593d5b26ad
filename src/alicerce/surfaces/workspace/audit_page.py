"""What was done in this company, by whom, and from where."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from alicerce.apps.audit import permissions
from alicerce.apps.audit.web.trail import trail_page
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.permissions import WORKSPACE
from alicerce.kernel.access import Request, requires
from alicerce.surfaces.console.people import names
from alicerce.ui.page import render_page

PAGES = {
    "api_key": "api_key",
    "bank_line": "bank_line",
    "coupon": "coupon",
    "customer": "customer",
    "customer_import": "customers_import",
    "difference": "difference",
    "dispute": "dispute",
    "endpoint": "webhook",
    "forecast": "forecast",
    "invitation_round": "customers_round",
    "invoice": "invoice",
    "ladder": "dunning_one_ladder",
    "order": "order",
    "payout": "payout",
    "plan": "plan",
    "price_move": "price_move",
    "provisioning_run": "run",
    "service": "service",
    "subscription": "subscription",
    "switching_shadow": "switching_shadow",
    "transfer": "transfer",
}
"""By what the trail calls a thing: its page. Who may not see it is refused there."""


@requires(WORKSPACE)
@requires(permissions.READ)
@require_safe
def audit(request: Request) -> HttpResponse:
    zone = tenancy.tenant_card().time_zone
    page = trail_page(request, name_of=names(), url_of=_url_of, time_zone=zone)
    return render_page(request, page)


def _url_of(entity: str, key: UUID, _tenant_id: UUID) -> str:
    name = PAGES.get(entity)
    return reverse(f"workspace:{name}", args=[key]) if name else ""


urlpatterns = [path("auditoria/", audit, name="audit")]
