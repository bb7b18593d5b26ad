"""Every request acts as someone, for one tenant, in one transaction."""

from collections.abc import Callable, Iterator
from functools import partial
from ipaddress import ip_address
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.db.transaction import set_rollback
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseNotFound,
    HttpResponseRedirect,
)
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import escape_leading_slashes

from alicerce.apps.customers import public as customers
from alicerce.apps.identity import public as identity
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.permissions import OPERATE, WORKSPACE
from alicerce.apps.tenancy.types import Workspace
from alicerce.kernel.access import ACCOUNT, needs_of
from alicerce.kernel.clock import wall
from alicerce.kernel.context import acting, current
from alicerce.kernel.db import transaction
from alicerce.kernel.patience import answering
from alicerce.kernel.products import product_of
from alicerce.project import standing_in
from alicerce.project.restricting import is_workspace, restricted, view_of
from alicerce.surfaces.sandbox_bar import drawn_sandbox_bar

BAD = 400
AWAY, COME_BACK = 503, "3600"
STATELESS = ("/static/", "/livez", "/readyz")
STAFF = frozenset({OPERATE, WORKSPACE})  # whoever holds one looks after other people's things
OF_NO_HOST = "/hooks/"  # providers knock by token; whose it is, the token says
OF_PROXIES = ("/tls/ask",)  # who ends TLS asks whether a name is one of ours
OPENED_AT = "own_name"
OF_PROGRAMS = ("/oauth/token", "/oauth/revoke")  # apps knock: a code or a token says the rest

Respond = Callable[[HttpRequest], HttpResponse]


def patience_middleware(get_response: Respond) -> Respond:
    """Whoever asks is told soon that the database stands still, instead of waiting with us."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with answering():
            return get_response(request)

    return middleware


def acting_middleware(get_response: Respond) -> Respond:
    """Find the tenant by host name, the person by session, and undo everything when it goes wrong."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(STATELESS):
            return get_response(request)
        if machine := _machine(request.path_info):
            with acting(tenant_id=None, actor=machine, ip=client_address(request)):
                return get_response(request)
        user_id = request.user.pk if request.user.is_authenticated else None
        own_name = _lead(request)
        if user_id and not _was_opened_at(request, own_name):
            logout(request)
            user_id = None
        place = _place_of(request, user_id)
        tenant_id = place.tenant_id
        request.is_platform_address = place.is_platform_address  # type: ignore[attr-defined]
        actor = f"user:{user_id}" if user_id else "visitor"
        with acting(tenant_id=tenant_id, actor=actor, ip=client_address(request)):
            _mark_tests(request)
            if not _admit(request, user_id=user_id, tenant_id=tenant_id):
                return _closed_door(request)
            if user_id and not _still_signed_in(request, user_id=user_id):
                return HttpResponseRedirect(escape_leading_slashes(request.get_full_path()))
            with standing_in.place(request, actor_id=user_id) as instead:
                return _bound(request, instead or _answer(get_response, request))

    return middleware


def _machine(path: str) -> str:
    """Who asks without a host name that says for which company; empty for people."""
    if path.startswith(OF_NO_HOST):
        return "provider"
    if path in OF_PROXIES:
        return "proxy"
    return "app" if path in OF_PROGRAMS else ""


def _lead(request: HttpRequest) -> str:
    """Whose address this is, remembered; and the name, where what is opened there is for there only."""
    host = tenancy.host_at(request.get_host())
    request.lead = host  # type: ignore[attr-defined]
    return host.domain if host and host.stands_alone else ""


def _was_opened_at(request: HttpRequest, own_name: str) -> bool:
    """A session that was opened at a company's own name, or in its sandbox, is good there and nowhere else.

    Whoever has a name may point it at another machine and be handed its visitors' cookies; and who
    rehearses does nothing real by mistake.
    """
    return bool(request.session.get(OPENED_AT, "") == own_name)


def _mark_tests(request: HttpRequest) -> None:
    """Each page of a sandbox says that it is one, those that refuse too."""
    if _is_sandbox(request):
        request.sandbox_bar = partial(drawn_sandbox_bar, request)  # type: ignore[attr-defined]


def _is_sandbox(request: HttpRequest) -> bool:
    host = request.lead  # type: ignore[attr-defined]
    return bool(host and host.is_sandbox)


def _bound(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Write down where somebody just signed in. No search engine leads anybody to rehearsals."""
    host = request.lead  # type: ignore[attr-defined]
    is_new = host and host.stands_alone and not request.session.get(OPENED_AT)
    if is_new and request.user.is_authenticated:
        request.session[OPENED_AT] = host.domain
    if _is_sandbox(request):
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def privacy_middleware(get_response: Respond) -> Respond:
    """Nothing that was shown to a signed-in person stays in a cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path_info.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        return response

    return middleware


def legible_middleware(get_response: Respond) -> Respond:
    """What no page and no browser of ours ever sends is refused before the database has to."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if any("\0" in said for said in _said(request)):
            raise BadRequest("a NUL character")
        return get_response(request)

    return middleware


def _said(request: HttpRequest) -> Iterator[str]:
    yield request.path_info
    yield from request.COOKIES.values()
    for _name, values in request.GET.lists():
        yield from values


def client_address(request: HttpRequest) -> str | None:
    """Where the request comes from, past our own proxies; what lies beyond anybody may write."""
    nearest = request.META.get("REMOTE_ADDR", "")
    told = [*request.META.get("HTTP_X_FORWARDED_FOR", "").split(","), nearest]
    past = told[-1 - min(settings.TRUSTED_PROXIES, len(told) - 1)]
    return _address(past) or _address(nearest)


def _address(text: str) -> str | None:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return None


def _place_of(request: HttpRequest, user_id: UUID | None) -> Workspace:
    """The company at this address; in a workspace on the platform's, the one the person chose."""
    host = request.lead  # type: ignore[attr-defined]
    host_tenant_id = host.tenant_id if host else None
    if user_id and host_tenant_id and (visited := standing_in.visited_tenant(request)):
        return Workspace(visited)
    if host_tenant_id is None or user_id is None or not is_workspace(request):
        return Workspace(host_tenant_id)
    chosen = request.session.get(tenancy.CHOSEN)
    return tenancy.workspace_at(host_tenant_id=host_tenant_id, user_id=user_id, chosen=chosen)


def _admit(request: HttpRequest, *, user_id: UUID | None, tenant_id: UUID | None) -> bool:
    """Work out what the person may do; False where there is nothing for them to open."""
    with transaction():
        access = tenancy.access_of(
            user_id=user_id, tenant_id=tenant_id, in_workspace=_only_as_member(request)
        )
        client = customers.client_access(None if is_workspace(request) else user_id)
        door = tenancy.door(tenant_id)
        products = tenancy.enabled_products()
        wishes = tenancy.session_wishes(access)
    request.session_wishes = wishes  # type: ignore[attr-defined]
    request.access = access  # type: ignore[attr-defined]
    request.client = client  # type: ignore[attr-defined]
    own = {ACCOUNT} if user_id else set()
    request.permissions = access.permissions | client.permissions | own  # type: ignore[attr-defined]
    request.products = products  # type: ignore[attr-defined]
    request.door = door  # type: ignore[attr-defined]
    return door.is_open and _exists_for(request)


def _only_as_member(request: HttpRequest) -> bool:
    """The platform's operators are nothing at a name whose traffic somebody else directs."""
    host = request.lead  # type: ignore[attr-defined]
    return is_workspace(request) or bool(host and host.stands_alone)


def _closed_door(request: HttpRequest) -> HttpResponse:
    """Who works for a suspended company reads why; everyone else, that it is away for a while."""
    standing = request.access.standing  # type: ignore[attr-defined]
    if standing and not standing.is_open and is_workspace(request):
        facts = {"standing": standing, **_platform()}
        page = render_to_string("suspended.html", facts, request=request)
        return HttpResponseForbidden(page)
    with transaction():
        sign = tenancy.closed_sign(current().tenant_id)
    if sign:
        page = render_to_string("unavailable.html", sign, request=request)
        away = HttpResponse(page, status=AWAY, headers={"Retry-After": COME_BACK})
        # Meant, and no error of ours: Django would log it as one.
        away._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
        return away
    return HttpResponseNotFound(render_to_string("404.html", request=request))


def _platform() -> dict[str, str]:
    """Where the platform is, and where it reads letters."""
    root = tenancy.platform()
    if root is None:
        return {}
    with acting(tenant_id=root), transaction():
        card = tenancy.tenant_card()
    return {"platform_url": card.base_url.rstrip("/"), "platform_email": card.alert_email}


def _exists_for(request: HttpRequest) -> bool:
    """Whether the page belongs to a product that this company has; operators see every product."""
    view = view_of(request)
    product = product_of(view)
    return product is None or OPERATE in needs_of(view) or product in request.products  # type: ignore[attr-defined]


def _still_signed_in(request: HttpRequest, *, user_id: UUID) -> bool:
    """End a session that rested or lived too long; lead staff without a second factor to one."""
    is_staff = bool(STAFF & request.permissions)  # type: ignore[attr-defined]
    wishes = request.session_wishes  # type: ignore[attr-defined]
    limits = identity.session_limits(
        is_staff=is_staff, idle=wishes.idle, absolute=wishes.absolute
    )
    if not identity.visit(request=request, limits=limits, at=wall()):
        identity.forget_session(request=request)
        logout(request)
        return False
    wants_factor = settings.STAFF_NEEDS_FACTOR and (is_staff or _is_staff_elsewhere(request))
    if wants_factor and not identity.has_factor(user_id):
        request.detour = reverse("mfa_index")  # type: ignore[attr-defined]
    return True


def _is_staff_elsewhere(request: HttpRequest) -> bool:
    """On the pages of their own account people read what the companies they work for will ask."""
    is_account = needs_of(view_of(request)) == {ACCOUNT}
    return is_account and bool(request.access.standings)  # type: ignore[attr-defined]


def _opens_its_own(request: HttpRequest) -> bool:
    return getattr(view_of(request), "opens_its_own_transactions", False)


def _answer(get_response: Respond, request: HttpRequest) -> HttpResponse:
    if refused := restricted(request):
        return refused
    if _opens_its_own(request):
        return get_response(request)
    return _in_one_transaction(get_response, request)


def _in_one_transaction(get_response: Respond, request: HttpRequest) -> HttpResponse:
    with transaction():
        response = get_response(request)
        if response.status_code >= BAD:
            set_rollback(True)  # Django turned the exception into a page: undo the rest
    return response
