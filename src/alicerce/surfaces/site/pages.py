"""Pages that belong to no app: the language, and whether the program is alive."""

import sys

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.customers.permissions import CLIENT_AREA
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.permissions import OPERATE, WORKSPACE
from alicerce.kernel.access import Request, public_page

YEAR = 365 * 24 * 3600
AWAY = (OperationalError, InterfaceError)
BACK_SOON = "5"  # seconds


@public_page
@require_POST
def choose_language(request: Request) -> HttpResponse:
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    language = request.POST.get("language", "")
    if check_for_language(language) and language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


@public_page
@require_safe
def inside(request: Request) -> HttpResponse:
    """Where a person who just came in belongs; the front page when they belong nowhere."""
    at_platform = request.user.is_authenticated and tenancy.tenant_card().is_root
    standings = request.access.standings if at_platform else ()  # type: ignore[attr-defined]
    rooms = (
        (OPERATE in request.permissions, "/admin/"),
        (WORKSPACE in request.permissions or bool(standings), "/app/"),
        (CLIENT_AREA in request.permissions, "/area-do-cliente/"),
        (at_platform, "/empresas/"),
    )
    return HttpResponseRedirect(next((url for is_mine, url in rooms if is_mine), "/"))


@public_page
@require_safe
def livez(request: Request) -> HttpResponse:
    """The process answers. Nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@public_page
@require_safe
def readyz(request: Request) -> HttpResponse:
    """The database takes part. 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from django_migrations")
            (migrations,) = cursor.fetchone()
    except Error:
        return JsonResponse({"ready": False, "database": "unreachable"}, status=503)
    return JsonResponse({"ready": True, "migrations": migrations})


@public_page
def failed(request: Request) -> HttpResponse:
    """An error of ours. While only the database is away, it says that trying again will help."""
    if not isinstance(sys.exc_info()[1], AWAY):
        return HttpResponse(render_to_string("500.html"), status=500)
    page = HttpResponse(render_to_string("503.html"), status=503)
    page.headers["Retry-After"] = BACK_SOON
    return page
