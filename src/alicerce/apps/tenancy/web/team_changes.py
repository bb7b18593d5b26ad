"""What takes power in a team from one person to another: asked, proven, seen once more, done."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy.queries import team as queries
from alicerce.apps.tenancy.services import team as services
from alicerce.apps.tenancy.types import RoleKey
from alicerce.apps.tenancy.web import team_components as parts
from alicerce.apps.tenancy.web.forms import MemberRoleForm, OwnerForm
from alicerce.apps.tenancy.web.refusals import explained
from alicerce.apps.tenancy.web.team import crumbs, found, me, own_role
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.sensitive import Foreseen, keep, kept, sensitive
from alicerce.ui.layout import Crumb
from alicerce.ui.page import Page, render_page

ROLE, REMOVAL = "member.role_approved", "member.removal_approved"
TRANSFER = "tenant.transfer_approved"


@requires(permissions.WORKSPACE)
@requires(permissions.MEMBERS_WRITE)
@require_POST
def change_role(request: Request, user_id: UUID) -> HttpResponse:
    found(user_id)
    form = MemberRoleForm(request.POST, roles=queries.roles())
    if not form.is_valid():
        raise Http404
    keep(request, ROLE, about=user_id, typed=form.cleaned_data)
    return HttpResponseRedirect(reverse("workspace:member_role_change", args=[user_id]))


def _foresee_role(request: Request, user_id: UUID) -> Foreseen:
    member = found(user_id)
    wanted = queries.role_of(kept(request, ROLE, about=user_id)["role"])
    if wanted is None:
        raise Http404
    return Foreseen(
        title=_("Mudar o papel de uma pessoa"),
        facts=[
            (_("Pessoa"), member.name or member.email),
            (_("De"), member.role.name),
            (_("Para"), wanted.name),
            (_("Vale"), _("a partir da próxima página que a pessoa abrir")),
        ],
        button=_("Mudar papel"),
        entity="user",
        entity_id=user_id,
        back=reverse("workspace:member", args=[user_id]),
    )


@requires(permissions.WORKSPACE)
@sensitive(ROLE, permission=permissions.MEMBERS_WRITE, foresee=_foresee_role)
def role_change(request: Request, user_id: UUID) -> HttpResponseBase:
    role = kept(request, ROLE, about=user_id)["role"]
    with explained(request, _("O papel mudou, e já vale.")):
        services.change_role(user_id=user_id, role=role, by=me(request), at=now())
    return HttpResponseRedirect(reverse("workspace:member", args=[user_id]))


def _foresee_removal(request: Request, user_id: UUID) -> Foreseen:
    member = found(user_id)
    return Foreseen(
        title=_("Remover da equipe"),
        facts=[
            (_("Pessoa"), member.name or member.email),
            (_("Papel"), member.role.name),
            (_("Depois"), _("Não entra mais nesta empresa. O que fez continua na trilha.")),
        ],
        button=_("Remover"),
        entity="user",
        entity_id=user_id,
        back=reverse("workspace:member", args=[user_id]),
    )


@requires(permissions.WORKSPACE)
@sensitive(REMOVAL, permission=permissions.MEMBERS_WRITE, foresee=_foresee_removal)
def remove(request: Request, user_id: UUID) -> HttpResponseBase:
    with explained(request, _("A pessoa não entra mais nesta empresa.")):
        services.remove_member(user_id=user_id, by=me(request), at=now())
    return HttpResponseRedirect(reverse("workspace:team"))


@requires(permissions.WORKSPACE)
@requires(permissions.MEMBERS_WRITE)
@require_http_methods(["GET", "POST"])
def transfer(request: Request) -> HttpResponse:
    """Who the company goes to; it goes there once that is proven and seen again."""
    _only_owners(request)
    others = [one for one in queries.members() if one.user_id != me(request)]
    form = OwnerForm(request.POST or None, people=[(str(m.user_id), m.name) for m in others])
    if request.method == "POST" and form.is_valid():
        keep(request, TRANSFER, typed=form.cleaned_data)
        return HttpResponseRedirect(reverse("workspace:transfer_confirm"))
    title = _("Transferir titularidade")
    body = parts.transfer_card(form, has_others=bool(others))
    return render_page(
        request, Page(title, "workspace", [body], breadcrumbs=crumbs(Crumb(title)))
    )


def _foresee_transfer(request: Request) -> Foreseen:
    _only_owners(request)
    heir = found(UUID(kept(request, TRANSFER)["user_id"]))
    return Foreseen(
        title=_("Transferir titularidade"),
        facts=[
            (_("Passa a ser titular"), heir.name or heir.email),
            (_("Você"), _("continua na equipe, com o papel de administração")),
            (_("Para desfazer"), _("só a nova pessoa pode")),
        ],
        button=_("Transferir"),
        entity="user",
        entity_id=heir.user_id,
        back=reverse("workspace:transfer"),
    )


@requires(permissions.WORKSPACE)
@sensitive(TRANSFER, permission=permissions.MEMBERS_WRITE, foresee=_foresee_transfer)
def transfer_confirm(request: Request) -> HttpResponseBase:
    to = UUID(kept(request, TRANSFER)["user_id"])
    with explained(request, _("A empresa mudou de titular.")):
        services.transfer_ownership(to=to, by=me(request), at=now())
    return HttpResponseRedirect(reverse("workspace:team"))


def _only_owners(request: Request) -> None:
    if own_role(request) != RoleKey.OWNER:
        raise Http404


urlpatterns = [
    path("equipe/titularidade/", transfer, name="transfer"),
    path("equipe/titularidade/confirmar/", transfer_confirm, name="transfer_confirm"),
    path("equipe/<uuid:user_id>/papel/", change_role, name="member_role"),
    path("equipe/<uuid:user_id>/papel/confirmar/", role_change, name="member_role_change"),
    path("equipe/<uuid:user_id>/remover/", remove, name="member_remove"),
]
