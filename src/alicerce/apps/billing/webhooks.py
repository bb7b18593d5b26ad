"""Where providers knock: verify, keep what they said, answer. Nothing is decided here."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from alicerce.apps.billing.queries.connecting import connect_secrets, connected_hook
from alicerce.apps.billing.queries.gateways import hook_account, hook_secrets, hook_settings
from alicerce.apps.billing.services.offer_connect import count_stray
from alicerce.apps.billing.services.receive_notice import receive_notice
from alicerce.apps.billing.types import GatewayKind, HookAccount
from alicerce.kernel import clock
from alicerce.kernel.access import Request, opens_its_own_transactions, public_page
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.vendors.pix.recurring import names_told
from alicerce.vendors.pix.wire import Garbled, read_callback
from alicerce.vendors.stripe.signatures import BadSignature, verify

LARGEST = 1_000_000
KEPT_HEADERS = ("Content-Type", "User-Agent")
LONGEST_KEY = 120


@csrf_exempt
@public_page
@opens_its_own_transactions
@require_POST
def stripe(request: Request, token: str) -> HttpResponse:
    account, raw = _account(token, GatewayKind.STRIPE), request.read(LARGEST + 1)
    if len(raw) > LARGEST:
        return HttpResponse(status=413)
    with acting(tenant_id=account.tenant_id, actor="gateway:stripe"), transaction():
        secrets, livemode = hook_secrets(account.account_id)
        if not any(secrets):
            raise Http404  # nobody could prove anything: the door is closed
        try:
            event = verify(raw, _signature(request), secrets, clock.wall())
        except BadSignature:
            return HttpResponse(status=400)
        key = str(event.get("id") or "")
        if not key or not key.isprintable() or event.get("livemode", livemode) is not livemode:
            return HttpResponse(status=400)
        return _keep(request, account, key, raw, topic=str(event.get("type") or ""))


@csrf_exempt
@public_page
@opens_its_own_transactions
@require_POST
def connect(request: Request, token: str) -> HttpResponse:
    """One door of the platform's for events of all accounts under its own: each names whose it is.

    What is of nobody here is no error: whoever left stays connected at Stripe until they say so there.
    """
    platform, raw = _account(token, GatewayKind.STRIPE), request.read(LARGEST + 1)
    if len(raw) > LARGEST:
        return HttpResponse(status=413)
    with acting(tenant_id=platform.tenant_id, actor="gateway:stripe"), transaction():
        secrets, livemode = connect_secrets(platform.account_id)
        if not any(secrets):
            raise Http404
        try:
            event = verify(raw, _signature(request), secrets, clock.wall())
        except BadSignature:
            return HttpResponse(status=400)
        key = str(event.get("id") or "")
        if not key or not key.isprintable():
            return HttpResponse(status=400)
        account = _connected(platform, event, livemode=livemode)
        if account is None:
            count_stray(account_id=platform.account_id)
            return HttpResponse()
    with acting(tenant_id=account.tenant_id, actor="gateway:stripe"), transaction():
        return _keep(request, account, key, raw, topic=str(event.get("type") or ""))


def _connected(
    platform: HookAccount, event: Mapping[str, Any], *, livemode: bool
) -> HookAccount | None:
    """A live endpoint for connected accounts is sent test events, too: those are nobody's."""
    if event.get("livemode", livemode) is not livemode:
        return None
    return connected_hook(
        external_id=str(event.get("account") or ""), platform_account_id=platform.account_id
    )


@csrf_exempt
@public_page
@opens_its_own_transactions
@require_POST
def pix(request: Request, token: str) -> HttpResponse:
    account, raw = _account(token, GatewayKind.PIX), request.read(LARGEST + 1)
    if len(raw) > LARGEST:
        return HttpResponse(status=413)
    with acting(tenant_id=account.tenant_id, actor="gateway:pix"), transaction():
        if not _has_certificate(request, account):
            return HttpResponse(status=403)
        try:
            told = read_callback(raw)
        except Garbled:
            return HttpResponse(status=400)
        if not told and not names_told(raw):
            return HttpResponse()  # a PSP tries the door before it uses it
        return _keep(request, account, sha256(raw).hexdigest(), raw)


def _account(token: str, kind: GatewayKind) -> HookAccount:
    account = hook_account(token=token, kind=kind)
    if account is None:
        raise Http404
    return account


def _has_certificate(request: Request, account: HookAccount) -> bool:
    """Whether our proxy says that it saw the PSP's certificate, where the account asks for one."""
    settings = hook_settings(account.account_id)
    header, subject = (
        settings.get("client_cert_header"),
        settings.get("client_cert_subject", ""),
    )
    if not header:
        return True
    shown = request.headers.get(header, "")
    return bool(subject) and constant_time_compare(shown, subject)


def _signature(request: Request) -> str:
    """It carries the time of the world, whatever the clock of a sandbox reads."""
    return request.headers.get("Stripe-Signature", "")


def _keep(
    request: Request, account: HookAccount, key: str, raw: bytes, *, topic: str = ""
) -> HttpResponse:
    receive_notice(
        account_id=account.account_id,
        external_key=key[:LONGEST_KEY],
        raw=raw,
        headers={name: request.headers.get(name, "")[:200] for name in KEPT_HEADERS},
        at=clock.now(),
        topic=topic[:LONGEST_KEY],
    )
    return HttpResponse()


urlpatterns = [
    path("stripe/<str:token>/", stripe, name="stripe"),
    path("connect/<str:token>/", connect, name="connect"),
    path("pix/<str:token>", pix, name="pix"),
    path("pix/<str:token>/", pix, name="pix_slash"),
    path("pix/<str:token>/pix", pix, name="pix_callback"),
    path("pix/<str:token>/rec", pix, name="pix_recurrences"),
    path("pix/<str:token>/cobr", pix, name="pix_debits"),
]
