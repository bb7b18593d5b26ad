"""What a company's roles may do: the matrix, and one role at a time."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy.queries import team as queries
from alicerce.apps.tenancy.queries.tenants import tenant_card
from alicerce.apps.tenancy.rules import grantable, may_bestow
from alicerce.apps.tenancy.services import roles as services
from alicerce.apps.tenancy.types import RoleView
from alicerce.apps.tenancy.web import role_components as parts
from alicerce.apps.tenancy.web.forms import CopyRoleForm, PermissionsForm
from alicerce.apps.tenancy.web.refusals import explained
from alicerce.apps.tenancy.web.team import crumbs
from alicerce.apps.tenancy.web.team_components import one_form
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.permissions import Declared, declared
from alicerce.kernel.sensitive import Foreseen, keep, kept, sensitive
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Crumb, Section
from alicerce.ui.page import Page, render_page

CHANGE, DROP = "role.change_approved", "role.drop_approved"


def offered() -> list[Declared]:
    """Every permission that a role of this company may hold, app by app."""
    keys = grantable(declared(), is_root=tenant_card().is_root)
    return [each for each in declared().values() if each.key in keys]


def by_app(found: Iterable[Declared]) -> list[tuple[str, list[Declared]]]:
    grouped = groupby(found, key=lambda each: str(each.app_name))
    return [(app, list(group)) for app, group in grouped]


@requires(permissions.WORKSPACE)
@requires(permissions.MEMBERS_READ)
@require_safe
def roles(request: Request) -> HttpResponse:
    found = queries.roles()
    may_write = permissions.ROLES_WRITE in request.permissions
    copy = LinkButton(
        _("Copiar papel"), reverse("workspace:role_copy"), icon="copy", variant="primary"
    )
    title = _("Papéis")
    page = Page(
        title,
        "workspace",
        [
            parts.roles_table(found),
            *(
                Section(app, [parts.matrix(app, group, found)])
                for app, group in by_app(offered())
            ),
        ],
        lead=_("O que cada papel pode fazer nesta empresa."),
        breadcrumbs=crumbs(Crumb(title)),
        actions=[copy] if may_write else [],
    )
    return render_page(request, page)


@requires(permissions.WORKSPACE)
@requires(permissions.ROLES_WRITE)
@require_http_methods(["GET", "POST"])
def role_copy(request: Request) -> HttpResponse:
    mine = [r for r in queries.roles() if may_bestow(request.permissions, r.permissions)]
    form = CopyRoleForm(request.POST or None, roles=mine)
    if request.method == "POST" and form.is_valid():
        key = ""
        with explained(request, _("O papel foi criado. Agora diga o que ele pode.")):
            key = services.copy_role(**form.cleaned_data, by=_me(request), at=now())
        url = reverse("workspace:role", args=[key]) if key else reverse("workspace:role_copy")
        return HttpResponseRedirect(url)
    title = _("Copiar papel")
    card = Card([one_form(form, _("Criar papel"), back=reverse("workspace:roles"))])
    status = 422 if form.errors else 200
    return render_page(
        request, Page(title, "workspace", [card], breadcrumbs=_trail(title), status=status)
    )


@requires(permissions.WORKSPACE)
@requires(permissions.MEMBERS_READ)
@require_http_methods(["GET", "POST"])
def role(request: Request, key: str) -> HttpResponse:
    """What a role may do; for who may, boxes to change it, and the difference before it holds."""
    found = _found(key)
    may_edit = _may_edit(request, found)
    if request.method == "POST":
        return _edit(request, found)
    page = Page(
        found.name,
        "workspace",
        [
            parts.sessions_card(found, may_edit=_may_limit(request, found)),
            _boxes(request, found) if may_edit else parts.held(by_app(_held(found))),
        ],
        lead=parts.lead(found),
        badge=parts.state(found),
        breadcrumbs=_trail(found.name),
        actions=[parts.drop_button(found)] if may_edit and parts.can_drop(found) else [],
    )
    return render_page(request, page)


def _edit(request: Request, found: RoleView) -> HttpResponse:
    if permissions.ROLES_WRITE not in request.permissions:
        raise PermissionDenied(permissions.ROLES_WRITE)
    form = PermissionsForm(request.POST, offered=offered())
    if not form.is_valid():
        raise Http404
    wanted = frozenset(form.cleaned_data["permissions"])
    if wanted == found.permissions:
        return HttpResponseRedirect(reverse("workspace:role", args=[found.key]))
    keep(request, CHANGE, about=found.key, typed={"permissions": sorted(wanted)})
    return HttpResponseRedirect(reverse("workspace:role_change", args=[found.key]))


def _foresee_change(request: Request, key: str) -> Foreseen:
    found, known = _found(key), declared()
    wanted = frozenset(kept(request, CHANGE, about=key)["permissions"])
    added = [str(known[each].label) for each in sorted(wanted - found.permissions)]
    taken = [str(known[each].label) for each in sorted(found.permissions - wanted)]
    return Foreseen(
        title=_("Mudar o papel %(name)s") % {"name": found.name},
        facts=[
            (_("Passa a poder"), " · ".join(added) or "–"),
            (_("Deixa de poder"), " · ".join(taken) or "–"),
            (_("Pessoas com este papel"), found.members),
        ],
        button=_("Salvar papel"),
        entity="role",
        back=reverse("workspace:role", args=[key]),
    )


@requires(permissions.WORKSPACE)
@sensitive(CHANGE, permission=permissions.ROLES_WRITE, foresee=_foresee_change)
def role_change(request: Request, key: str) -> HttpResponseBase:
    wanted = frozenset(kept(request, CHANGE, about=key)["permissions"])
    with explained(request, _("O papel mudou, e já vale.")):
        services.edit_role(key=key, permissions=wanted, by=_me(request), at=now())
    return HttpResponseRedirect(reverse("workspace:role", args=[key]))


def _foresee_drop(request: Request, key: str) -> Foreseen:
    found = _found(key)
    back = found.is_shipped
    return Foreseen(
        title=_("Voltar ao padrão") if back else _("Apagar papel"),
        facts=[(_("Papel"), found.name), (_("Pessoas com este papel"), found.members)],
        button=_("Voltar ao padrão") if back else _("Apagar papel"),
        entity="role",
        back=reverse("workspace:role", args=[key]),
    )


@requires(permissions.WORKSPACE)
@sensitive(DROP, permission=permissions.ROLES_WRITE, foresee=_foresee_drop)
def role_drop(request: Request, key: str) -> HttpResponseBase:
    found = _found(key)
    done = _("O papel voltou ao padrão.") if found.is_shipped else _("O papel foi apagado.")
    with explained(request, done):
        services.drop_role(key=key, by=_me(request), at=now())
    return HttpResponseRedirect(reverse("workspace:roles"))


def _boxes(request: Request, found: RoleView) -> Content:
    mine = [each for each in offered() if each.key in request.permissions]
    form = PermissionsForm(initial={"permissions": sorted(found.permissions)}, offered=mine)
    return parts.boxes(form, by_app(mine))


def _may_edit(request: Request, found: RoleView) -> bool:
    return not found.is_locked and _may_limit(request, found)


def _may_limit(request: Request, found: RoleView) -> bool:
    writes = permissions.ROLES_WRITE in request.permissions
    return writes and may_bestow(request.permissions, found.permissions)


def _held(found: RoleView) -> Sequence[Declared]:
    return [each for each in offered() if each.key in found.permissions]


def _found(key: str) -> RoleView:
    found = queries.role_of(key)
    if found is None:
        raise Http404
    return found


def _trail(title: str, *more: Crumb) -> list[Crumb]:
    return crumbs(Crumb(_("Papéis"), reverse("workspace:roles")), Crumb(title), *more)


def _me(request: Request) -> UUID:
    assert request.user.is_authenticated
    return UUID(str(request.user.pk))


urlpatterns = [
    path("equipe/papeis/", roles, name="roles"),
    path("equipe/papeis/copiar/", role_copy, name="role_copy"),
    path("equipe/papeis/<str:key>/", role, name="role"),
    path("equipe/papeis/<str:key>/confirmar/", role_change, name="role_change"),
    path("equipe/papeis/<str:key>/apagar/", role_drop, name="role_drop"),
]
