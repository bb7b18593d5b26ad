"""How often: every page of accounts counts who asks before it does anything. And how soon."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from math import ceil
from time import monotonic, sleep
from typing import cast

from django.conf import settings
from django.db.transaction import set_rollback
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alicerce.apps.identity import rules
from alicerce.kernel.access import P, Request, View, opens_its_own_transactions
from alicerce.kernel.clock import wall
from alicerce.kernel.context import current
from alicerce.kernel.db import transaction
from alicerce.kernel.ratelimit import Allowance, Quota, give_back, take
from alicerce.ui.buttons import LinkButton
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState

BAD = 400
MINUTE = 60
RIGHT = "alicerce.was_right"
LONGEST_CODE = 32


@dataclass(frozen=True, slots=True)
class Limit:
    """A quota, and whose it is; nobody's when the request does not say.

    One of guesses is given back by what proved to be none (`was_right`, a code typed again).
    """

    quota: Quota
    whose: Callable[[Request], str]
    of_guesses: bool = False


def everybody(_request: Request) -> str:
    return "everybody"


def address(_request: Request) -> str:
    return current().ip or "nowhere"


def user(request: Request) -> str:
    return str(request.user.pk or "")


def said(name: str) -> Callable[[Request], str]:
    """Whoever the form names, known or not."""

    def whose(request: Request) -> str:
        return request.POST.get(name, "").strip().lower()[:254]

    return whose


# The narrowest first: whoever is refused for themselves uses up nothing of everybody's. No guessing
# opens a passkey, so nobody is kept from theirs by what others do.
SIGN_IN = (
    Limit(rules.SIGN_IN, address),
    Limit(rules.SIGN_IN, said("login")),
    Limit(rules.SIGN_IN_EVERYBODY, everybody),
)
PASSKEY = (Limit(rules.SIGN_IN, address),)
SIGN_UP = (Limit(rules.SIGN_UP, address), Limit(rules.SIGN_UP, said("email")))
CODE = (Limit(rules.CODE, address),)
RESET = (Limit(rules.RESET_ADDRESS, address), Limit(rules.RESET, said("email")))
EMAIL_CHANGE = (Limit(rules.EMAIL_CHANGE, user),)


def of_factors(whose: Callable[[Request], str]) -> tuple[Limit, ...]:
    """Guesses at a second factor: a code is good for one try, right or wrong.

    One that nobody looked at, because too many came before it, was not tried; typing one again that
    was guesses nothing, and is given back.
    """

    def code(request: Request) -> str:
        typed = "".join(request.POST.get("code", "").split())[:LONGEST_CODE]
        return f"{whose(request)}|{typed}" if typed else ""

    return (
        *(Limit(quota, whose, of_guesses=True) for quota in rules.SECOND_FACTOR),
        Limit(rules.SAME_CODE, code),
    )


def was_right(request: Request) -> None:
    """Say that this was no guess: who proves themselves all day is kept from nothing by it."""
    request.META[RIGHT] = True


def throttled(*limits: Limit) -> Callable[[View[P]], View[P]]:
    """Count first, outside of the transaction; then do, within one that an error undoes."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        # lint: allow view-permission because what it wraps has declared it, or the house says so
        def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method == "POST" and (refusal := _refusal(request, limits)):
                return _come_back(request, refusal)
            with transaction():
                response = view(request, *args, **kwargs)
                if response.status_code >= BAD:
                    set_rollback(True)
            if request.META.get(RIGHT):
                _forget_guess(request, limits)
            return response

        return opens_its_own_transactions(cast("View[P]", guarded))

    return guard


def unhurried(pace: str) -> Callable[[View[P]], View[P]]:
    """Answer a form no sooner than its pace: how long it took would tell who has an account.

    Opening an account takes more statements than telling somebody that they have one; past the
    pace, which lies above what either takes, both took as long. `bench.strangers` measures it.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        # lint: allow view-permission because what it wraps has declared it, or the house says so
        def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            began = monotonic()
            response = view(request, *args, **kwargs)
            if request.method == "POST":
                sleep(max(0, began + settings.ANSWER_PACES[pace] - monotonic()))
            return response

        return cast("View[P]", guarded)

    return guard


def _refusal(request: Request, limits: tuple[Limit, ...]) -> Allowance | None:
    refused = next((asked for asked in _asked(request, limits) if not asked.allowed), None)
    if refused and refused.quota is rules.SAME_CODE:
        _forget_guess(request, limits)
    return refused


def _asked(request: Request, limits: tuple[Limit, ...]) -> Iterator[Allowance]:
    at = wall()
    for limit in limits:
        if whose := limit.whose(request):
            yield take(limit.quota, whose, at=at)


def _forget_guess(request: Request, limits: tuple[Limit, ...]) -> None:
    for limit in limits:
        if limit.of_guesses and (whose := limit.whose(request)):
            give_back(limit.quota, whose)


def _come_back(request: Request, refused: Allowance) -> HttpResponse:
    """429: too often, and when to try again; or that the code was used, which is no haste."""
    if refused.quota is rules.SAME_CODE:
        return _next_code(request)
    minutes = ceil(refused.retry_seconds / MINUTE)
    when = ngettext(
        "Tente de novo em %(minutes)s minuto.", "Tente de novo em %(minutes)s minutos.", minutes
    )
    words = _("Muitas tentativas"), when % {"minutes": minutes}
    body = EmptyState(*words, icon="clock")
    response = render_page(
        request, Page(_("Espere um pouco"), "bare", [body], width="narrow", status=429)
    )
    response.headers["Retry-After"] = str(refused.retry_seconds)
    return response


def _next_code(request: Request) -> HttpResponse:
    words = _(
        "Cada código serve para uma tentativa só, também o que acabou de abrir a conta."
        " Espere o aplicativo mostrar o próximo: leva até 30 segundos."
    )
    way_on = LinkButton(_("Digitar o próximo"), request.get_full_path(), variant="primary")
    body = EmptyState(_("Este código já foi usado"), words, way_on, icon="clock")
    page = Page(_("Confirme que é você"), "bare", [body], width="narrow", status=422)
    return render_page(request, page)
