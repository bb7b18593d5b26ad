"""Actions that need more than a permission: proof that it is the person, and a second look.

An app declares one with a single decorator and says what it would do; whoever stands at the gate
(the app `identity`) asks for the proof, shows what was foreseen, and lets the action pass once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol, cast
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from alicerce.kernel.access import P, Request, View, requires


@dataclass(frozen=True, slots=True)
class Sensitive:
    """One kind of action. `destroys` asks for the object's name, typed."""

    action: str
    permission: str
    destroys: bool = False


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the action will do, worked out by the server each time it is shown or done."""

    title: Any
    facts: Sequence[tuple[Any, Any]]
    button: Any
    entity: str
    entity_id: UUID | None = None
    name: str = ""
    amount_cents: int | None = None
    back: str = "/"
    whole: str = ""
    """What the facts tell in short. An approval is for this, to the last letter, too."""


Foresee = Callable[..., Foreseen]


class Gate(Protocol):
    def __call__(
        self,
        request: Request,
        what: Sensitive,
        foresee: Callable[[], Foreseen],
        perform: Callable[[], HttpResponseBase],
    ) -> HttpResponseBase: ...


registry: dict[str, Sensitive] = {}
gates: dict[str, Gate] = {}


def sensitive(
    action: str, *, permission: str, foresee: Foresee, destroys: bool = False
) -> Callable[[View[P]], View[P]]:
    """Guard a view that acts. GET asks and shows, POST acts; the view itself only ever acts."""
    what = Sensitive(action, permission, destroys)
    assert registry.setdefault(action, what) == what, f"two sensitive actions: {action}"

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            return gates["web"](
                request,
                what,
                lambda: foresee(request, *args, **kwargs),
                lambda: view(request, *args, **kwargs),
            )

        guarded.sensitive = what  # type: ignore[attr-defined]
        of_two_methods = cast("View[P]", require_http_methods(["GET", "POST"])(guarded))
        return requires(permission)(of_two_methods)

    return guard


def keep(
    request: Request, action: str, *, about: object = "", typed: Mapping[str, Any]
) -> None:
    """What a form typed waits in the session: the approved POST carries only its approval."""
    request.session[f"typed {action}"] = {"about": str(about), "typed": dict(typed)}


def kept(request: Request, action: str, *, about: object = "") -> dict[str, Any]:
    """What was typed about this very thing; absent when nothing was."""
    said = request.session.get(f"typed {action}")
    if not said or said["about"] != str(about):
        raise Http404
    typed: dict[str, Any] = said["typed"]
    return typed


def drop(request: Request, action: str) -> None:
    """What was typed is done with."""
    request.session.pop(f"typed {action}", None)
