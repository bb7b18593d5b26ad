"""A request in another person's place: whether it still may be, as whom, and what it may do."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from alicerce.apps.customers import public as customers
from alicerce.apps.customers.types import ClientAccess
from alicerce.apps.identity import public as identity
from alicerce.apps.identity.types import Area, StandIn
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import Access
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting, current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.surfaces.standing_in_bar import drawn_bar

READS = frozenset({"GET", "HEAD", "OPTIONS"})
WAYS_OUT = frozenset({"site:stand_in_leave", "site:sign_out", "account_logout"})
HOMES = {Area.CLIENT: "client:home", Area.WORKSPACE: "workspace:home"}


def visited_tenant(request: HttpRequest) -> UUID | None:
    """The company whose pages are seen, whatever the address: the session alone says so."""
    said = request.session.get(identity.SEEN)
    if not said:
        return None
    tenant_id = UUID(said["tenant"])
    with acting(tenant_id=tenant_id), transaction():
        return tenant_id if tenancy.is_open(tenant_id) else None


@contextmanager
def place(request: HttpRequest, *, actor_id: UUID | None) -> Iterator[HttpResponse | None]:
    """Put the request in the other person's place. Yields what to answer instead of the page."""
    request.impersonation = None  # type: ignore[attr-defined]
    if actor_id is None or identity.SEEN not in request.session:
        yield None
        return
    standing = _standing(request, actor_id)
    if standing is None:
        identity.end_of_session(session=request.session, at=now())
        messages.info(request, _("A visão no lugar de outra pessoa terminou."))
        yield HttpResponseRedirect(reverse("site:inside"))
        return
    with acting(tenant_id=current_tenant_id(), on_behalf_of=standing.subject_id):
        _become(request, standing)
        yield _refusal(request, standing)


@transaction()
def _standing(request: HttpRequest, actor_id: UUID) -> StandIn | None:
    """Asked again at every request: a right that was lost, on either side, ends it.

    So does a company that wants to be asked from now on, and was not.
    """
    impersonation_id = UUID(request.session[identity.SEEN]["id"])
    standing = identity.stand_in(impersonation_id, actor_id=actor_id, at=now())
    if standing is None:
        return None
    in_workspace = standing.errand.area is Area.WORKSPACE
    still = tenancy.may_stand_in(actor_id, in_workspace=in_workspace) and (
        tenancy.may_be_stood_in_for(standing.subject_id, in_workspace=in_workspace)
    )
    unasked = standing.consent_id is None and tenancy.asks_consent(
        actor_id, in_workspace=in_workspace
    )
    return standing if still and not unasked else None


@transaction()
def _become(request: HttpRequest, standing: StandIn) -> None:
    """The other person's rights in the area that is seen, without all that is only theirs."""
    in_workspace = standing.errand.area is Area.WORKSPACE
    tenant_id, subject_id = current_tenant_id(), standing.subject_id
    access, client = Access(tenant_id), ClientAccess()
    if in_workspace:
        access = tenancy.access_of(user_id=subject_id, tenant_id=tenant_id, in_workspace=True)
    else:
        client = customers.client_access(subject_id)
    request.impersonation = standing  # type: ignore[attr-defined]
    request.stand_in_banner = partial(drawn_bar, request)  # type: ignore[attr-defined]
    request.access, request.client = access, client  # type: ignore[attr-defined]
    held = access.permissions | client.permissions
    request.permissions = identity.kept_in_place_of(held)  # type: ignore[attr-defined]


def _refusal(request: HttpRequest, standing: StandIn) -> HttpResponse | None:
    if request.method in READS or _name_of(request) in WAYS_OUT:
        return None
    area_url = reverse(HOMES[standing.errand.area])
    if standing.errand.may_write and request.path_info.startswith(area_url):
        return None
    facts = {"standing": standing, "area_url": area_url}
    return HttpResponseForbidden(render_to_string("read_only.html", facts, request=request))


def _name_of(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
