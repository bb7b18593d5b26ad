"""What programs ask of us without a person: tokens, their end, and where everything is."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.marketplace.services import oauth
from alicerce.apps.marketplace.types import APP_SCOPES, Said
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, opens_its_own_transactions, public_page
from alicerce.kernel.clock import now

LARGEST = 16 * 1024
FORM = "application/x-www-form-urlencoded"
BY_SECRET = ["client_secret_basic", "client_secret_post", "none"]

Answer = Callable[..., Said]


def _of_a_program(answer: Answer) -> Callable[[Request], HttpResponseBase]:
    """A form is read, and answered in JSON; no session and no host has a say."""

    @csrf_exempt
    @public_page
    @opens_its_own_transactions
    @require_POST
    @wraps(answer)
    def view(request: Request) -> HttpResponse:
        body = _body(request)
        if body is None:
            return _shown(Said(400, {}, '{"error": "invalid_request"}'))
        headers = {
            name: request.headers[name]
            for name in ("Authorization", "Content-Type")
            if name in request.headers
        }
        issuer = tenancy.platform_url()
        return _shown(answer(body=body, headers=headers, issuer=issuer, at=now()))

    return view


token = _of_a_program(oauth.answer_token)
revoke = _of_a_program(oauth.answer_revocation)


@public_page
@require_safe
def metadata(request: Request) -> HttpResponse:
    """RFC 8414, at the platform's own address: there is one issuer, whichever company is meant."""
    if not tenancy.tenant_card().is_root:
        raise Http404
    issuer = tenancy.platform_url()
    told = {
        "issuer": issuer,
        "authorization_endpoint": issuer + reverse("oauth_authorize"),
        "token_endpoint": issuer + reverse("oauth_token"),
        "revocation_endpoint": issuer + reverse("oauth_revoke"),
        "scopes_supported": list(APP_SCOPES),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": oauth.GRANT_TYPES,
        "token_endpoint_auth_methods_supported": BY_SECRET,
        "revocation_endpoint_auth_methods_supported": BY_SECRET,
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "service_documentation": issuer + reverse("docs:apps"),
        "ui_locales_supported": ["pt-BR", "en"],
    }
    return JsonResponse(told, headers={"Access-Control-Allow-Origin": "*"})


def _body(request: Request) -> str | None:
    """The form as it was sent; None when it is none, or too long."""
    if (request.content_type or "").lower() != FORM:
        return None
    raw = request.read(LARGEST + 1)
    try:
        return raw.decode("ascii") if len(raw) <= LARGEST else None
    except UnicodeDecodeError:
        return None


def _shown(said: Said) -> HttpResponse:
    answer = HttpResponse(said.body, status=said.status, headers=said.headers)
    answer.headers.setdefault("Content-Type", "application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


urlpatterns = [
    path("oauth/token", token, name="oauth_token"),
    path("oauth/revoke", revoke, name="oauth_revoke"),
    path(".well-known/oauth-authorization-server", metadata, name="oauth_metadata"),
]
