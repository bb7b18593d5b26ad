"""Companies in the operators' panel: the list, closing their doors, opening them, and who pays."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy.queries import companies as queries
from alicerce.apps.tenancy.queries.payers import accounts_of, payer_of
from alicerce.apps.tenancy.services import standing
from alicerce.apps.tenancy.services.payers import move_payment
from alicerce.apps.tenancy.types import AccountView, TenantStatus
from alicerce.apps.tenancy.types.operated import CompanyView
from alicerce.apps.tenancy.web import console_components as parts
from alicerce.apps.tenancy.web.companies_components import TENANT
from alicerce.apps.tenancy.web.forms import PayerForm, ReasonForm
from alicerce.apps.tenancy.web.refusals import explained
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.sensitive import Foreseen, keep, kept, sensitive
from alicerce.ui.forms import Filters
from alicerce.ui.layout import View, Views
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page

SUSPEND, RESUME = "tenant.suspension_approved", "tenant.resumption_approved"
MOVE = "tenant.payer_move_approved"
LONGEST_SEARCH = 100


@requires(permissions.OPERATE)
@requires(permissions.COMPANIES_READ)
@require_safe
def companies(request: Request) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = queries.companies_everywhere(
        words=words,
        status=request.GET.get("estado", ""),
        before=said_id(request, "antes"),
        limit=queries.PAGE + 1,
    )
    shown = found[: queries.PAGE]
    older = here(request, antes=str(shown[-1].id)) if len(found) > queries.PAGE else ""
    table = parts.companies_table(
        shown, newer=here(request, antes="") if "antes" in request.GET else "", older=older
    )
    page = Page(
        _("Empresas"),
        "console",
        [
            _views(request),
            Filters(
                request.path,
                search=words,
                search_label=_("Nome, documento ou endereço"),
                keep={"estado": request.GET.get("estado", "")},
            ),
            table,
        ],
        lead=_("Quem usa a plataforma, em que estado está e quem paga por isso."),
    )
    return render_page(request, page)


def _views(request: Request) -> Views:
    chosen, counts = request.GET.get("estado", ""), queries.company_counts()
    everything = View(
        _("Todas"),
        here(request, estado="", antes=""),
        current=not chosen,
        count=sum(counts.values()),
    )
    return Views(
        [
            everything,
            *(
                View(
                    TENANT[status].words,
                    here(request, estado=status.value, antes=""),
                    current=chosen == status,
                    count=counts[status],
                    hot=status == TenantStatus.SUSPENDED and counts[status] > 0,
                )
                for status in TenantStatus
            ),
        ],
        _("Estados"),
    )


def find(tenant_id: UUID) -> CompanyView:
    """The company; a page that is not there otherwise."""
    company = queries.company(tenant_id)
    if company is None:
        raise Http404
    return company


def _customer(tenant_id: UUID) -> CompanyView:
    """A company that the platform may close: never its own, which nobody could open again."""
    company = find(tenant_id)
    if company.card.is_root:
        raise Http404
    return company


@requires(permissions.OPERATE)
@requires(permissions.COMPANIES_WRITE)
@require_POST
def suspend(request: Request, tenant_id: UUID) -> HttpResponse:
    _customer(tenant_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Diga o motivo, em até 200 letras."))
        return _back(tenant_id)
    keep(request, SUSPEND, about=tenant_id, typed=form.cleaned_data)
    return HttpResponseRedirect(reverse("console:company_suspension", args=[tenant_id]))


def _foresee_suspension(request: Request, tenant_id: UUID) -> Foreseen:
    company = _customer(tenant_id)
    return Foreseen(
        title=_("Suspender a empresa"),
        facts=[
            (_("Empresa"), company.card.name),
            (_("Motivo"), kept(request, SUSPEND, about=tenant_id)["reason"]),
            (
                _("Na hora"),
                _("páginas, loja, área do cliente, API e ambiente de testes fecham"),
            ),
            (_("Continua"), _("a hospedagem dos clientes dela, e o que já foi pago")),
            (_("Avisa"), _("por e-mail, quem é titular")),
        ],
        button=_("Suspender"),
        entity="tenant",
        entity_id=tenant_id,
        back=reverse("console:company", args=[tenant_id]),
    )


@requires(permissions.OPERATE)
@sensitive(SUSPEND, permission=permissions.COMPANIES_WRITE, foresee=_foresee_suspension)
def suspension(request: Request, tenant_id: UUID) -> HttpResponseBase:
    reason = kept(request, SUSPEND, about=tenant_id)["reason"]
    with explained(request, _("A empresa está suspensa.")), acting(tenant_id=tenant_id):
        standing.suspend_tenant(reason=reason, at=now())
    return _back(tenant_id)


def _foresee_resumption(request: Request, tenant_id: UUID) -> Foreseen:
    company = _customer(tenant_id)
    if not company.is_suspended:
        raise Http404
    return Foreseen(
        title=_("Reativar a empresa"),
        facts=[
            (_("Empresa"), company.card.name),
            (_("Estava suspensa por"), company.suspension_reason),
            (_("Na hora"), _("tudo volta, também o ambiente de testes")),
            (_("Avisa"), _("por e-mail, quem é titular")),
        ],
        button=_("Reativar"),
        entity="tenant",
        entity_id=tenant_id,
        back=reverse("console:company", args=[tenant_id]),
    )


@requires(permissions.OPERATE)
@sensitive(RESUME, permission=permissions.COMPANIES_WRITE, foresee=_foresee_resumption)
def resumption(request: Request, tenant_id: UUID) -> HttpResponseBase:
    with explained(request, _("A empresa está ativa.")), acting(tenant_id=tenant_id):
        standing.resume_tenant(at=now())
    return _back(tenant_id)


def candidates(company: CompanyView) -> list[AccountView]:
    """Accounts of the company's owners that do not pay for it yet."""
    current = payer_of(company.card.id)
    found = [one for owner in company.owners for one in accounts_of(owner.user_id)]
    return [one for one in found if current is None or one.id != current.id]


@requires(permissions.OPERATE)
@requires(permissions.COMPANIES_WRITE)
@require_POST
def payer(request: Request, tenant_id: UUID) -> HttpResponse:
    form = PayerForm(request.POST, accounts=candidates(_customer(tenant_id)))
    if not form.is_valid():
        raise Http404
    keep(request, MOVE, about=tenant_id, typed=form.cleaned_data)
    return HttpResponseRedirect(reverse("console:company_payer_move", args=[tenant_id]))


def _foresee_move(request: Request, tenant_id: UUID) -> Foreseen:
    company = _customer(tenant_id)
    wanted = kept(request, MOVE, about=tenant_id)["account"]
    account = next((one for one in candidates(company) if str(one.id) == wanted), None)
    if account is None:
        raise Http404
    current = payer_of(tenant_id)
    return Foreseen(
        title=_("Mudar quem paga"),
        facts=[
            (_("Empresa"), company.card.name),
            (_("De"), current.name if current else "–"),
            (_("Para"), account.name),
            (_("Vale"), _("na hora, e fica na trilha das duas partes")),
        ],
        button=_("Mudar quem paga"),
        entity="billing_account",
        entity_id=account.id,
        back=reverse("console:company", args=[tenant_id]),
    )


@requires(permissions.OPERATE)
@sensitive(MOVE, permission=permissions.COMPANIES_WRITE, foresee=_foresee_move)
def payer_move(request: Request, tenant_id: UUID) -> HttpResponseBase:
    account_id = UUID(kept(request, MOVE, about=tenant_id)["account"])
    with explained(request, _("A empresa mudou de conta de cobrança.")):
        move_payment(tenant_id=tenant_id, account_id=account_id, at=now())
    return _back(tenant_id)


def _back(tenant_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("console:company", args=[tenant_id]))


urlpatterns = [
    path("empresas/", companies, name="companies"),
    path("empresas/<uuid:tenant_id>/suspender/", suspend, name="company_suspend"),
    path(
        "empresas/<uuid:tenant_id>/suspender/confirmar/", suspension, name="company_suspension"
    ),
    path("empresas/<uuid:tenant_id>/reativar/", resumption, name="company_resumption"),
    path("empresas/<uuid:tenant_id>/pagador/", payer, name="company_payer"),
    path("empresas/<uuid:tenant_id>/pagador/confirmar/", payer_move, name="company_payer_move"),
]
