"""The tenant's own look, as a stylesheet."""

from django.http import Http404, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from alicerce.apps.tenancy.queries.logos import logo_of_digest
from alicerce.apps.tenancy.queries.tenants import tenant_card
from alicerce.kernel.access import Request, public_page
from alicerce.kernel.context import current

TYPES = {"png": "image/png", "svg": "image/svg+xml"}
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


@public_page
def brand_stylesheet(request: Request) -> HttpResponse:
    """Only values the tenant may set: the schema allows nothing but a color here."""
    css = ""
    if current().tenant_id:
        css = f":root{{--brand:{tenant_card().brand_color}}}"
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=60"
    return response


@public_page
@require_safe
def brand_logo(request: Request, digest: str, kind: str) -> HttpResponse:
    """Whoever opens the address alone gets a picture that can do nothing; it is the same for ever."""
    found = logo_of_digest(digest, kind) if current().tenant_id else None
    if found is None:
        raise Http404
    response = HttpResponse(found.body, content_type=TYPES[found.kind])
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


urlpatterns = [
    path("marca.css", brand_stylesheet, name="brand"),
    path("marca/<str:digest>.<str:kind>", brand_logo, name="brand_logo"),
]
