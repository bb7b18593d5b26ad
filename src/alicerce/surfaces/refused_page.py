"""What somebody reads who may not open a page: what they lack, and who can give it.

It stands where the page would have stood, so that the person goes on from there.
"""

from collections.abc import Iterator

from babel.lists import format_list
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from alicerce.apps.customers import public as customers
from alicerce.apps.customers.permissions import CLIENT_AREA
from alicerce.apps.identity import public as identity
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.permissions import OPERATE, WORKSPACE
from alicerce.kernel.access import Request, public_page
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.kernel.permissions import declared
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import locale
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.shell import ShellName

FORBIDDEN = 403
AREAS: tuple[tuple[str, str, ShellName], ...] = (
    ("/app/", WORKSPACE, "workspace"),
    ("/admin/", OPERATE, "console"),
    ("/area-do-cliente/", CLIENT_AREA, "client"),
)


@public_page
@transaction()
def refused(request: Request, exception: Exception) -> HttpResponse:
    if not hasattr(request, "permissions"):  # refused before anybody was known
        return HttpResponse(render_to_string("403.html", request=request), status=FORBIDDEN)
    shell = _shell(request)
    if shell == "site" and request.path.startswith("/area-do-cliente/"):
        return render_page(request, _nothing_yet(request))
    home = LinkButton(_("Ir para o início"), _home(request), variant="primary")
    page = Page(
        _("Você não tem acesso a esta página"),
        shell,
        list(_body(request, shell, exception)),
        actions=[home],
        width="narrow",
        status=FORBIDDEN,
    )
    return render_page(request, page)


def _nothing_yet(request: Request) -> Page:
    """Most who come here without a customer have just opened an account: nothing is refused to them."""
    words, where = (_("Ver os planos"), "/")
    if (home := _home(request)) != "/":
        words, where = (_("Ir para o início"), home)
    why = _(
        "O que você contratar aparece aqui. Se uma empresa deu acesso a você, abra o convite que veio por e-mail."
    )
    onward = LinkButton(words, where, variant="primary")
    body = EmptyState(_("Esta conta ainda não tem nada aqui"), why, onward, icon="package")
    return Page(_("Área do cliente"), "site", [body], width="narrow", status=FORBIDDEN)


def _shell(request: Request) -> ShellName:
    """What surrounds the other pages there, of who may open any of them."""
    mine = (
        shell
        for prefix, permission, shell in AREAS
        if request.path.startswith(prefix) and permission in request.permissions
    )
    return next(mine, "site")


def _home(request: Request) -> str:
    """Where this person is at home: whoever works here is not sent to the shop."""
    mine = (prefix for prefix, permission, _shell in AREAS if permission in request.permissions)
    return next(mine, "/")


def _body(request: Request, shell: ShellName, exception: Exception) -> Iterator[Content]:
    missing = declared().get(str(exception))
    if getattr(request, "impersonation", None):
        yield Note("warn", _("No lugar de outra pessoa, isto não se vê nem se faz."))
    elif shell == "site":
        yield Note(
            "warn",
            _("Esta conta não entra aqui. Se deveria, peça a quem administra a empresa."),
        )
    elif isinstance(exception.__cause__, Refused):
        yield Note("warn", str(exception.__cause__))
    elif missing:
        pairs = [Pair(_("O que falta"), str(missing.label))]
        if givers := _givers(request, shell):
            pairs.append(Pair(_("Quem pode dar"), givers))
        yield KeyValues(pairs)


def _givers(request: Request, shell: ShellName) -> str:
    names = _responsible(request) if shell == "client" else tenancy.administrators()
    return format_list(names, locale=locale())


def _responsible(request: Request) -> list[str]:
    """Who answers for the accounts that this person acts for."""
    assert request.user.pk is not None
    user_ids = customers.who_let_people_in(request.user.pk)
    people = identity.people(user_ids)
    return [people[each].name or people[each].email for each in user_ids if each in people]
