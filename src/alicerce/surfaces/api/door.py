"""The one way into the API: who, how often, what, and only then the operation itself."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from alicerce.apps.developers.types import API_VERSIONS, Call
from alicerce.kernel.access import Request, declared_permission
from alicerce.kernel.context import acting
from alicerce.kernel.rest.problems import TooManyRequests
from alicerce.surfaces.api.calls import note
from alicerce.surfaces.api.entering import enter, refuse_restricted, refuse_without
from alicerce.surfaces.api.limits import count_caller, count_stranger, policy, standing
from alicerce.surfaces.api.reading import refuse_unreadable
from alicerce.surfaces.api.refusals import AWAY, refusal
from alicerce.surfaces.api.running import run
from alicerce.surfaces.api.visit import Visit


def answer(knock: HttpRequest, *, ip: str | None) -> HttpResponse:
    """Whatever happens, an answer in our one form."""
    visit = Visit.of(knock)
    with (
        acting(tenant_id=None, actor="visitor", ip=ip, trace_id=visit.id),
        override(visit.language),
    ):
        try:
            response = _serve(visit, ip)
        except Exception as error:  # noqa: BLE001  the outermost edge: what escaped is told and logged
            response = refusal(_counted(visit, ip, error), request_id=str(visit.id))
        _write_down(visit, response)
    return _addressed(visit, response)


def _serve(visit: Visit, ip: str | None) -> HttpResponse:
    allowed = visit.locate()
    if visit.operation is None:
        count_stranger(ip, at=visit.at, taken=visit.allowances)
        return HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})
    visit.admission = admission = enter(visit.request, ip=ip)
    count_caller(admission, at=visit.at, taken=visit.allowances)
    permission = declared_permission(visit.operation.view_func)
    assert permission is not None
    refuse_without(permission, visit.scopes)
    refuse_unreadable(visit.request, visit.operation)
    request = cast("Request", visit.request)
    refuse_restricted(visit)
    request.permissions = visit.scopes
    request.admission = admission  # type: ignore[attr-defined]
    with acting(tenant_id=admission.tenant_id, actor=admission.actor):
        return run(visit)


def _counted(visit: Visit, ip: str | None, error: Exception) -> Exception:
    """Whoever got in nowhere is counted by address, whatever kept them out."""
    if visit.admission is not None or visit.allowances or isinstance(error, AWAY):
        return error
    try:
        count_stranger(ip, at=visit.at, taken=visit.allowances)
    except (TooManyRequests, *AWAY) as instead:
        return instead
    return error


def _write_down(visit: Visit, response: HttpResponse) -> None:
    if visit.admission is None:
        return
    note(
        Call(
            home_id=visit.admission.home_id,
            key_id=visit.admission.key_id,
            at=visit.at,
            method=visit.request.method or "",
            route=visit.route,
            status=response.status_code,
            milliseconds=visit.milliseconds,
            request_id=visit.id,
            idempotency_key=visit.request.headers.get("Idempotency-Key", "")[:255],
            app_name=visit.admission.app_name,
            mode=visit.admission.mode,
            problem=getattr(response, "problem", ""),
        )
    )


def _addressed(visit: Visit, response: HttpResponse) -> HttpResponse:
    """The headers that every answer has."""
    headers = response.headers
    headers["Alicerce-Request-Id"] = str(visit.id)
    headers["Alicerce-Version"] = _version(visit)
    headers["Content-Language"] = visit.language
    headers["Vary"] = "Authorization, Accept-Language"
    if visit.allowances:
        headers["RateLimit-Policy"] = policy(visit.allowances)
        headers["RateLimit"] = standing(visit.allowances)
    headers["Content-Length"] = str(len(response.content))
    if visit.request.method == "HEAD":
        response.content = b""
    return response


def _version(visit: Visit) -> str:
    """The one that was asked for, else the one that the key was made with."""
    asked = visit.request.headers.get("Alicerce-Version", "")
    if asked in API_VERSIONS:
        return asked
    return (visit.admission.api_version if visit.admission else "") or API_VERSIONS[-1]
