"""What the people of a company may not do while its payer is behind."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from alicerce.apps.payers.permissions import READ as SEE_BILL
from alicerce.apps.tenancy.permissions import WORKSPACE
from alicerce.apps.tenancy.types import Door
from alicerce.kernel.access import needs_of
from alicerce.kernel.restrictions import Restriction, refuses

WORKSPACES = "/app/"


def is_workspace(request: HttpRequest) -> bool:
    return request.path_info.startswith(WORKSPACES)


def view_of(request: HttpRequest) -> Any:
    """What will answer, before Django looks for it: found once, asked for at each door."""
    path, view = getattr(request, "leads_to", ("", None))
    if path != request.path_info:
        view = _found(request.path_info)
        request.leads_to = request.path_info, view  # type: ignore[attr-defined]
    return view


def _found(path: str) -> Any:
    try:
        return resolve(path).func
    except Resolver404:
        return None


def restricted(request: HttpRequest) -> HttpResponse | None:
    """What the company's people may not do while its payer is behind; its customers are not asked."""
    door: Door = request.door  # type: ignore[attr-defined]
    view = view_of(request)
    is_work = WORKSPACE in request.permissions and (  # type: ignore[attr-defined]
        is_workspace(request) or WORKSPACE in needs_of(view)
    )
    if not is_work or not refuses(door.restriction, method=request.method or "", view=view):
        return None
    facts = {
        "door": door,
        "is_closed": door.restriction is Restriction.CLOSED,
        "may_see_bill": SEE_BILL in request.permissions,  # type: ignore[attr-defined]
    }
    page = render_to_string("restricted.html", facts, request=request)
    return HttpResponseForbidden(page)
