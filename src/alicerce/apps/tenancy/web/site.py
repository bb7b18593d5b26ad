"""The tenant's own look, as a stylesheet."""

from django.http import HttpResponse
from django.urls import path

from alicerce.apps.tenancy.queries.tenants import tenant_card
from alicerce.kernel.access import Request, public_page
from alicerce.kernel.context import current


@public_page
def brand_stylesheet(request: Request) -> HttpResponse:
    """Only values the tenant may set: the schema allows nothing but a color here."""
    css = ""
    if current().tenant_id:
        css = f":root{{--brand:{tenant_card().brand_color}}}"
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=60"
    return response


urlpatterns = [path("marca.css", brand_stylesheet, name="brand")]
