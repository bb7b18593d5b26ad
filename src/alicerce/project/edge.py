"""What stands before every page and endpoint: the way into the API, and how often one may ask."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from alicerce.kernel.clock import now
from alicerce.kernel.ratelimit import Allowance, quota, take
from alicerce.project.middleware import (
    OF_NO_HOST,
    OF_PROGRAMS,
    OF_PROXIES,
    STATELESS,
    Respond,
    client_address,
)
from alicerce.surfaces.api import door

API = "/v1/"
TOO_MANY = 429


def api_middleware(get_response: Respond) -> Respond:
    """Endpoints have a door of their own: no session, no cookie, no host name."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(API):
            return door.answer(request, ip=client_address(request))
        return get_response(request)

    return middleware


def limit_middleware(get_response: Respond) -> Respond:
    """Pages and apps by address; hooks by the secret address that their provider was given."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(STATELESS):
            return get_response(request)
        allowance = _take(request)
        if allowance.allowed:
            return get_response(request)
        return _refusal(request, allowance)

    return middleware


def _take(request: HttpRequest) -> Allowance:
    if request.path_info.startswith(OF_NO_HOST):
        return take(quota("hooks"), request.path_info, at=now())
    if request.path_info in OF_PROXIES:
        return take(quota("tls"), client_address(request) or "nowhere", at=now())
    kind = "oauth" if request.path_info in OF_PROGRAMS else "pages"
    return take(quota(kind), client_address(request) or "nowhere", at=now())


def _refusal(request: HttpRequest, allowance: Allowance) -> HttpResponse:
    page = _told(request)
    page.headers["Retry-After"] = str(allowance.retry_seconds)
    return page


def _told(request: HttpRequest) -> HttpResponse:
    if request.path_info in OF_PROGRAMS:
        return JsonResponse({"error": "temporarily_unavailable"}, status=TOO_MANY)
    if request.path_info in OF_PROXIES:
        return HttpResponse(status=TOO_MANY)
    return HttpResponse(render_to_string("429.html", request=request), status=TOO_MANY)
