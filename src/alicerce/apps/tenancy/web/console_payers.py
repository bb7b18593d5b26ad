"""Who pays the platform, in the operators' panel: the list, and keeping an account from taking on more."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy.queries import payers as queries
from alicerce.apps.tenancy.services import payers as services
from alicerce.apps.tenancy.types.operated import PayerView
from alicerce.apps.tenancy.web import console_components as parts
from alicerce.apps.tenancy.web.forms import ReasonForm
from alicerce.apps.tenancy.web.payer_components import companies_words
from alicerce.apps.tenancy.web.refusals import explained
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.sensitive import Foreseen, keep, kept, sensitive
from alicerce.ui.forms import Filters, FilterSelect
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page

PAGE, LONGEST_SEARCH = 50, 100
SUSPEND = "billing_account.suspension_approved"
RESUME = "billing_account.resumption_approved"


@requires(permissions.OPERATE)
@requires(permissions.COMPANIES_READ)
@require_safe
def accounts(request: Request) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    state = request.GET.get("situacao", "")
    found = queries.accounts_everywhere(
        words=words,
        only_suspended=state == "suspensas",
        before=said_id(request, "antes"),
        limit=PAGE + 1,
    )
    older = here(request, antes=str(found[PAGE - 1].account.id)) if len(found) > PAGE else ""
    states = [("", _("Todas")), ("suspensas", _("Suspensas"))]
    page = Page(
        _("Contas de cobrança"),
        "console",
        [
            Filters(
                request.path,
                search=words,
                search_label=_("Nome ou e-mail"),
                selects=[FilterSelect("situacao", _("Situação"), states, state)],
            ),
            parts.accounts_table(
                found[:PAGE],
                newer=here(request, antes="") if "antes" in request.GET else "",
                older=older,
            ),
        ],
        lead=_("Quem paga a plataforma, e por quantas empresas."),
    )
    return render_page(request, page)


def find(account_id: UUID) -> PayerView:
    payer = queries.account(account_id)
    if payer is None:
        raise Http404
    return payer


@requires(permissions.OPERATE)
@requires(permissions.COMPANIES_WRITE)
@require_POST
def suspend(request: Request, account_id: UUID) -> HttpResponse:
    find(account_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Diga o motivo, em até 200 letras."))
        return _back(account_id)
    keep(request, SUSPEND, about=account_id, typed=form.cleaned_data)
    return HttpResponseRedirect(reverse("console:account_suspension", args=[account_id]))


def _foresee_suspension(request: Request, account_id: UUID) -> Foreseen:
    payer = find(account_id)
    return Foreseen(
        title=_("Suspender a conta de cobrança"),
        facts=[
            (_("Conta"), payer.account.name),
            (_("Motivo"), kept(request, SUSPEND, about=account_id)["reason"]),
            (_("Na hora"), _("não assume nenhuma empresa nova")),
            (_("Só para leitura, na hora"), companies_words(len(payer.account.pays_for))),
            (
                _("Depois de 7 dias"),
                _("elas fecham para a equipe, menos as páginas de pagamento"),
            ),
            (_("Clientes delas"), _("não percebem nada")),
            (_("Avisa"), _("o e-mail de cobrança e os titulares das empresas")),
        ],
        button=_("Suspender"),
        entity="billing_account",
        entity_id=account_id,
        back=reverse("console:account", args=[account_id]),
    )


@requires(permissions.OPERATE)
@sensitive(SUSPEND, permission=permissions.COMPANIES_WRITE, foresee=_foresee_suspension)
def suspension(request: Request, account_id: UUID) -> HttpResponseBase:
    reason = kept(request, SUSPEND, about=account_id)["reason"]
    with explained(request, _("A conta de cobrança está suspensa.")):
        services.suspend_account(account_id=account_id, reason=reason, at=now())
    return _back(account_id)


def _foresee_resumption(request: Request, account_id: UUID) -> Foreseen:
    payer = find(account_id)
    if payer.account.suspended_at is None:
        raise Http404
    return Foreseen(
        title=_("Reativar a conta de cobrança"),
        facts=[
            (_("Conta"), payer.account.name),
            (_("Estava suspensa por"), payer.account.suspension_reason),
            (
                _("Na hora"),
                _("as empresas que ela paga voltam, se não há fatura que as segure"),
            ),
            (_("Avisa"), _("o e-mail de cobrança")),
        ],
        button=_("Reativar"),
        entity="billing_account",
        entity_id=account_id,
        back=reverse("console:account", args=[account_id]),
    )


@requires(permissions.OPERATE)
@sensitive(RESUME, permission=permissions.COMPANIES_WRITE, foresee=_foresee_resumption)
def resumption(request: Request, account_id: UUID) -> HttpResponseBase:
    with explained(request, _("A conta de cobrança está ativa.")):
        services.resume_account(account_id=account_id, at=now())
    return _back(account_id)


def _back(account_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("console:account", args=[account_id]))


urlpatterns = [
    path("contas/", accounts, name="accounts"),
    path("contas/<uuid:account_id>/suspender/", suspend, name="account_suspend"),
    path(
        "contas/<uuid:account_id>/suspender/confirmar/", suspension, name="account_suspension"
    ),
    path("contas/<uuid:account_id>/reativar/", resumption, name="account_resumption"),
]
