"""Who knocks: a key or an app's token in the Authorization header, and nothing else."""

from hashlib import sha256
from time import monotonic

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from alicerce.apps.developers import public as developers
from alicerce.apps.developers.types import Admission
from alicerce.apps.marketplace import public as marketplace
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.rest.problems import (
    AddressNotAllowed,
    CompanyLocked,
    CompanyReadOnly,
    InsufficientScope,
    KeyInAddress,
    Unauthenticated,
)
from alicerce.kernel.restrictions import Restriction, refuses
from alicerce.surfaces.api.visit import Visit

MOST_REMEMBERED = 2048
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="alicerce"'}
KEY_STARTS = ("sk_live_", "sk_test_", marketplace.ACCESS, marketplace.REFRESH)

_remembered: dict[bytes, tuple[float, Admission]] = {}


def enter(request: HttpRequest, *, ip: str | None) -> Admission:
    """What the caller may do.

    Raises Unauthenticated, KeyInAddress, AddressNotAllowed, CompanyClosed and CompanySuspended.
    """
    if any(start in request.META.get("QUERY_STRING", "") for start in KEY_STARTS):
        raise KeyInAddress(headers=CHALLENGE)
    admission = _admission(_bearer(request))
    if admission.expires_at is not None and admission.expires_at <= now():
        raise Unauthenticated(headers=CHALLENGE)
    if not developers.lets_in(admission.networks, ip):
        raise AddressNotAllowed
    return admission


def refuse_without(scope: str, scopes: frozenset[str]) -> None:
    """Raises InsufficientScope, which names what is missing."""
    if scope not in scopes:
        challenge = f'Bearer realm="alicerce", error="insufficient_scope", scope="{scope}"'
        detail = _("Esta chave não tem a permissão %(scope)s.") % {"scope": scope}
        raise InsufficientScope(detail, headers={"WWW-Authenticate": challenge})


def refuse_restricted(visit: Visit) -> None:
    """Raises CompanyReadOnly, CompanyLocked. Asked at each call: paying opens the next one."""
    assert visit.admission is not None
    assert visit.operation is not None
    home_id = visit.admission.tenant_id
    with acting(tenant_id=home_id), transaction():
        door = tenancy.door(home_id)
    method, view = visit.request.method or "", visit.operation.view_func
    if not refuses(door.restriction, method=method, view=view):
        return
    detail = _("Para voltar a usar tudo: %(url)s") % {"url": tenancy.bill_url(home_id)}
    if door.restriction is Restriction.READ_ONLY:
        raise CompanyReadOnly(detail)
    raise CompanyLocked(detail)


def _bearer(request: HttpRequest) -> str:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        raise Unauthenticated(headers=CHALLENGE)
    return secret.strip()


def _admission(secret: str) -> Admission:
    """Remembered for a moment by this process, so that a busy key costs no query."""
    place = sha256(secret.encode()).digest()
    until, known = _remembered.get(place, (0.0, None))
    if known is not None and monotonic() < until:
        return known
    try:
        admission = _asked(secret)
    except Unauthenticated as refused:
        refused.headers |= CHALLENGE
        raise
    if settings.API_KEY_MEMORY:
        if len(_remembered) >= MOST_REMEMBERED:
            _remembered.clear()
        _remembered[place] = (monotonic() + settings.API_KEY_MEMORY, admission)
    return admission


def _asked(secret: str) -> Admission:
    if marketplace.is_access_token(secret):
        return marketplace.admission(secret=secret, at=now())
    return developers.admission(secret=secret, at=now())
