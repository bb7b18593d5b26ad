"""Who pays the platform for a company, in its workspace; only its owner changes it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy.queries.payers import accounts_of, payer_of
from alicerce.apps.tenancy.queries.team import invitations, member_of
from alicerce.apps.tenancy.queries.tenants import tenant_card
from alicerce.apps.tenancy.services import invite
from alicerce.apps.tenancy.services import payers as services
from alicerce.apps.tenancy.types import AccountView, Purpose, RoleKey
from alicerce.apps.tenancy.web import payer_components as parts
from alicerce.apps.tenancy.web.forms import AccountForm, InvitePayerForm, PayerForm
from alicerce.apps.tenancy.web.refusals import explained
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.restrictions import Restriction, even_when
from alicerce.kernel.sensitive import Foreseen, keep, kept, sensitive
from alicerce.ui.component import Content
from alicerce.ui.page import Page, render_page

TAKE_OVER = "tenant.payer_approved"


@even_when(Restriction.CLOSED)
@requires(permissions.WORKSPACE)
@requires(permissions.COMPANY_WRITE)
@require_safe
def payer(request: Request) -> HttpResponse:
    if tenant_card().is_root:
        return render_page(request, Page(_("Quem paga"), "workspace", [parts.platform_note()]))
    me, current = _me(request), payer_of(current_tenant_id())
    mine = accounts_of(me)
    page = Page(
        _("Quem paga"),
        "workspace",
        [
            parts.current_card(current, _described(current, me)),
            *(_ways(current, mine) if _is_owner(me) else [parts.only_owners()]),
        ],
        lead=_("A conta de cobrança que paga a plataforma por esta empresa. Há sempre uma só."),
    )
    return render_page(request, page)


def _described(current: AccountView | None, me: UUID) -> AccountForm | None:
    """For who owns the account, a form with what it says about itself."""
    if current is None or current.owner_id != me:
        return None
    return AccountForm(initial={"name": current.name, "billing_email": current.billing_email})


def _ways(current: AccountView | None, mine: list[AccountView]) -> list[Content]:
    """How the owner may change who pays: another account of theirs, or somebody else's will."""
    others = [account for account in mine if current is None or account.id != current.id]
    waiting = invitations(purpose=Purpose.PAYER, at=now())
    return [
        parts.own_accounts_card(
            PayerForm(accounts=others), AccountForm(), has_others=bool(others)
        ),
        parts.invite_card(InvitePayerForm(), waiting),
    ]


@even_when(Restriction.CLOSED)
@requires(permissions.WORKSPACE)
@requires(permissions.COMPANY_WRITE)
@require_POST
def payer_take_over(request: Request) -> HttpResponse:
    form = PayerForm(request.POST, accounts=accounts_of(_me(request)))
    if not form.is_valid():
        raise Http404
    keep(request, TAKE_OVER, typed=form.cleaned_data)
    return HttpResponseRedirect(reverse("workspace:payer_confirm"))


def _foresee_payer(request: Request) -> Foreseen:
    wanted = kept(request, TAKE_OVER)["account"]
    account = next((one for one in accounts_of(_me(request)) if str(one.id) == wanted), None)
    if account is None:
        raise Http404
    current = payer_of(current_tenant_id())
    return Foreseen(
        title=_("Mudar quem paga"),
        facts=[
            (_("De"), current.name if current else "–"),
            (_("Para"), account.name),
            (_("Vale"), _("na hora, e fica na trilha das duas partes")),
        ],
        button=_("Pagar com esta conta"),
        entity="billing_account",
        entity_id=account.id,
        back=reverse("workspace:payer"),
    )


@even_when(Restriction.CLOSED)
@requires(permissions.WORKSPACE)
@sensitive(TAKE_OVER, permission=permissions.COMPANY_WRITE, foresee=_foresee_payer)
def payer_confirm(request: Request) -> HttpResponseBase:
    with explained(request, _("A empresa mudou de conta de cobrança.")):
        services.take_over_payment(
            tenant_id=current_tenant_id(),
            account_id=UUID(kept(request, TAKE_OVER)["account"]),
            by=_me(request),
            at=now(),
        )
    return HttpResponseRedirect(reverse("workspace:payer"))


@even_when(Restriction.CLOSED)
@requires(permissions.WORKSPACE)
@requires(permissions.COMPANY_WRITE)
@require_POST
def payer_account(request: Request) -> HttpResponse:
    """Open another account in one's own name."""
    form = AccountForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A conta precisa de um nome e de um e-mail."))
        return HttpResponseRedirect(reverse("workspace:payer"))
    with explained(request, _("A conta de cobrança foi aberta. Agora ela pode pagar.")):
        services.open_billing_account(owner_id=_me(request), **form.cleaned_data, at=now())
    return HttpResponseRedirect(reverse("workspace:payer"))


@even_when(Restriction.CLOSED)
@requires(permissions.WORKSPACE)
@requires(permissions.COMPANY_WRITE)
@require_POST
def payer_describe(request: Request, account_id: UUID) -> HttpResponse:
    """Say another name or address of an account of one's own."""
    form = AccountForm(request.POST)
    given = form.cleaned_data if form.is_valid() else None
    if account_id not in {account.id for account in accounts_of(_me(request))}:
        raise Http404
    if given is None:
        messages.error(request, _("A conta precisa de um nome e de um e-mail."))
        return HttpResponseRedirect(reverse("workspace:payer"))
    with explained(request, _("A conta de cobrança foi salva.")):
        services.describe_account(
            account_id=account_id, owner_id=_me(request), **given, at=now()
        )
    return HttpResponseRedirect(reverse("workspace:payer"))


@even_when(Restriction.CLOSED)
@requires(permissions.WORKSPACE)
@requires(permissions.COMPANY_WRITE)
@require_POST
def payer_invite(request: Request) -> HttpResponse:
    form = InvitePayerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Confira o e-mail."))
    else:
        with explained(request, _("O pedido está a caminho. Nada muda até a pessoa aceitar.")):
            invite.invite_payer(**form.cleaned_data, by=_me(request), at=now())
    return HttpResponseRedirect(reverse("workspace:payer"))


@even_when(Restriction.CLOSED)
@requires(permissions.WORKSPACE)
@requires(permissions.COMPANY_WRITE)
@require_POST
def payer_withdraw(request: Request, invitation_id: UUID) -> HttpResponse:
    with explained(request, _("O pedido foi retirado.")):
        invite.withdraw_invitation(invitation_id=invitation_id, by=_me(request), at=now())
    return HttpResponseRedirect(reverse("workspace:payer"))


def _is_owner(me: UUID) -> bool:
    member = member_of(me)
    return member is not None and member.role.key == RoleKey.OWNER


def _me(request: Request) -> UUID:
    assert request.user.is_authenticated
    return UUID(str(request.user.pk))


urlpatterns = [
    path("empresa/cobranca/", payer, name="payer"),
    path("empresa/cobranca/conta/", payer_take_over, name="payer_take_over"),
    path("empresa/cobranca/conta/confirmar/", payer_confirm, name="payer_confirm"),
    path("empresa/cobranca/contas/", payer_account, name="payer_account"),
    path("empresa/cobranca/contas/<uuid:account_id>/", payer_describe, name="payer_describe"),
    path("empresa/cobranca/convidar/", payer_invite, name="payer_invite"),
    path(
        "empresa/cobranca/convites/<uuid:invitation_id>/retirar/",
        payer_withdraw,
        name="payer_withdraw",
    ),
]
