"""The team of a company, in its workspace."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy.errors import LimitReached, TooManyInvitations
from alicerce.apps.tenancy.queries import team as queries
from alicerce.apps.tenancy.rules import may_bestow
from alicerce.apps.tenancy.services import invite
from alicerce.apps.tenancy.services import team as services
from alicerce.apps.tenancy.types import Member, Purpose, RoleKey, RoleView
from alicerce.apps.tenancy.web import team_components as parts
from alicerce.apps.tenancy.web.forms import InviteForm, MemberRoleForm
from alicerce.apps.tenancy.web.refusals import explained
from alicerce.kernel.access import Request, in_person, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Crumb, Section
from alicerce.ui.page import Page, render_page


def crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Equipe"), reverse("workspace:team")), *more]


@requires(permissions.WORKSPACE)
@requires(permissions.MEMBERS_READ)
@require_safe
def team(request: Request) -> HttpResponse:
    may_invite = permissions.MEMBERS_WRITE in request.permissions
    open_ones = queries.invitations(purpose=Purpose.MEMBER, at=now())
    body: list[Content] = [parts.members_table(queries.members(), me=me(request))]
    if open_ones:
        waiting = parts.invitations_table(open_ones, may_change=may_invite)
        body.append(Section(_("Convites em aberto"), [waiting]))
    page = Page(
        _("Equipe"),
        "workspace",
        body,
        lead=_("Quem trabalha nesta empresa, e o que cada pessoa pode fazer."),
        actions=_actions(request, may_invite=may_invite),
    )
    return render_page(request, page)


def _actions(request: Request, *, may_invite: bool) -> list[Content]:
    actions: list[Content] = [
        LinkButton(_("Acessos"), reverse("workspace:visits"), icon="eye"),
        LinkButton(_("Papéis"), reverse("workspace:roles"), icon="shield"),
    ]
    if may_invite:
        url = reverse("workspace:invite")
        actions.append(
            LinkButton(_("Convidar pessoa"), url, icon="user-plus", variant="primary")
        )
    return actions


@requires(permissions.WORKSPACE)
@requires(permissions.MEMBERS_WRITE)
@require_http_methods(["GET", "POST"])
def invite_page(request: Request) -> HttpResponse:
    form = InviteForm(request.POST or None, roles=_bestowable(request))
    if request.method == "POST" and form.is_valid() and _is_invited(request, form):
        return HttpResponseRedirect(reverse("workspace:team"))
    title = _("Convidar pessoa")
    card = Card([parts.one_form(form, _("Enviar convite"), back=reverse("workspace:team"))])
    return render_page(
        request,
        Page(
            title,
            "workspace",
            [card],
            breadcrumbs=crumbs(Crumb(title)),
            actions=[
                LinkButton(
                    _("O que cada papel pode"), reverse("workspace:roles"), icon="shield"
                )
            ],
            status=422 if form.errors else 200,
        ),
    )


def _is_invited(request: Request, form: InviteForm) -> bool:
    """False when there is no room: the form says so, and keeps what was typed."""
    with explained(request):
        try:
            invite.invite_member(**form.cleaned_data, by=me(request), at=now())
        except (LimitReached, TooManyInvitations) as refused:
            form.add_error(None, str(refused))
            return False
        messages.success(request, _("O convite está a caminho."))
    return True


@requires(permissions.WORKSPACE)
@requires(permissions.MEMBERS_WRITE)
@require_POST
def resend(request: Request, invitation_id: UUID) -> HttpResponse:
    with explained(request, _("Um novo convite está a caminho; o anterior não vale mais.")):
        invite.resend_invitation(invitation_id=invitation_id, by=me(request), at=now())
    return HttpResponseRedirect(reverse("workspace:team"))


@requires(permissions.WORKSPACE)
@requires(permissions.MEMBERS_WRITE)
@require_POST
def withdraw(request: Request, invitation_id: UUID) -> HttpResponse:
    with explained(request, _("O convite foi retirado.")):
        invite.withdraw_invitation(invitation_id=invitation_id, by=me(request), at=now())
    return HttpResponseRedirect(reverse("workspace:team"))


@requires(permissions.WORKSPACE)
@in_person
@require_http_methods(["GET", "POST"])
def leave(request: Request) -> HttpResponse:
    """Anybody may go, but for the last one who could let others in; asked first, for who may not see the team."""
    if request.method == "GET":
        title = _("Sair da equipe")
        body = parts.leave_card(is_owner=own_role(request) == RoleKey.OWNER)
        return render_page(request, Page(title, "workspace", [body], width="narrow"))
    with explained(request, _("Você saiu da empresa.")):
        services.remove_member(user_id=me(request), by=me(request), at=now())
    return HttpResponseRedirect(reverse("site:inside"))


def member_parts(request: Request, member: Member) -> list[Content]:
    """What the page of a member says and offers, besides what they did."""
    form = None
    power = may_bestow(request.permissions, member.role.permissions)
    may_change = permissions.MEMBERS_WRITE in request.permissions and power
    if may_change and member.role.key != RoleKey.OWNER:
        form = MemberRoleForm(initial={"role": member.role.key}, roles=_bestowable(request))
    is_me = member.user_id == me(request)
    return [
        parts.member_card(member),
        *([parts.role_card(member, form)] if form else []),
        parts.way_out_card(
            member, is_me=is_me, is_owner=own_role(request) == RoleKey.OWNER, may=bool(form)
        ),
    ]


def found(user_id: UUID) -> Member:
    """The member of the current company; a page that is not there otherwise."""
    member = queries.member_of(user_id)
    if member is None:
        raise Http404
    return member


def _bestowable(request: Request) -> list[RoleView]:
    """Roles this person may give: those that do nothing they may not do themselves."""
    return [
        role
        for role in queries.roles()
        if role.key != RoleKey.OWNER and may_bestow(request.permissions, role.permissions)
    ]


def own_role(request: Request) -> str:
    member = queries.member_of(me(request))
    return member.role.key if member else ""


def me(request: Request) -> UUID:
    assert request.user.is_authenticated
    return UUID(str(request.user.pk))


urlpatterns = [
    path("equipe/", team, name="team"),
    path("equipe/convidar/", invite_page, name="invite"),
    path("equipe/sair/", leave, name="leave"),
    path("equipe/convites/<uuid:invitation_id>/reenviar/", resend, name="invitation_resend"),
    path("equipe/convites/<uuid:invitation_id>/retirar/", withdraw, name="invitation_withdraw"),
]
