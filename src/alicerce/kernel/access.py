"""Permission checks at the edge: a view says what it needs, or it does not start."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

P = ParamSpec("P")
ACCOUNT = "account:own"  # to see to their own account: every signed-in person's


class Request(HttpRequest):
    """A request that passed the middleware: we know what its sender may do."""

    permissions: frozenset[str]
    products: frozenset[str]
    detour: str = ""
    """Where this person must go before anything but their own account."""


View = Callable[Concatenate[Request, P], HttpResponseBase]


def requires(permission: str) -> Callable[[View[P]], View[P]]:
    """Let in who holds the permission; a stranger is asked to sign in, the others are refused."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if permission in request.permissions:
                if permission != ACCOUNT and (detour := getattr(request, "detour", "")):
                    return HttpResponseRedirect(detour)
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied(permission)

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.needs = needs_of(view) | {permission}  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return guard


def public_page(view: View[P]) -> View[P]:
    """Open to everyone, and said so on purpose."""
    view.permission = None  # type: ignore[attr-defined]
    return view


def in_person(view: View[P]) -> View[P]:
    """Only the very person may do this: whoever stands in their place is refused."""

    @wraps(view)
    def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if getattr(request, "impersonation", None):
            raise PermissionDenied("in_person")
        return view(request, *args, **kwargs)

    guarded.in_person = True  # type: ignore[attr-defined]
    return cast("View[P]", guarded)


def needs_of(view: Any) -> frozenset[str]:
    """Every permission that a view asks for, however many guards stand around it."""
    needs: frozenset[str] = getattr(view, "needs", frozenset())
    return needs


def declared_permission(view: Any) -> str | None:
    """The permission a view asks for; None when it is open to all. Raises when it says neither."""
    if not hasattr(view, "permission"):
        raise LookupError(f"{view} declares no permission")
    permission: str | None = view.permission
    return permission


def opens_its_own_transactions(view: View[P]) -> View[P]:
    """What this view writes must stay even when it answers with an error."""
    view.opens_its_own_transactions = True  # type: ignore[attr-defined]
    return view
