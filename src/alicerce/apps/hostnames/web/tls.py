"""What a proxy that fetches certificates on demand asks first: whether a name is one of ours."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from alicerce.apps.hostnames.queries.names import is_served
from alicerce.kernel.access import Request, public_page

LONGEST = 253
NOT_OURS = 404


@public_page
@require_safe
def ask(request: Request) -> HttpResponse:
    """As Caddy's `on_demand_tls.ask` does: 200 says yes, anything else no."""
    domain = request.GET.get("domain", "")
    is_ours = bool(domain) and len(domain) <= LONGEST and is_served(domain)
    return HttpResponse(status=200 if is_ours else NOT_OURS, content_type="text/plain")
