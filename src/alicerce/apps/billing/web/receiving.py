"""Where the company is paid: its accounts at providers, and the one under the platform's at Stripe."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.billing import permissions
from alicerce.apps.billing.errors import ConnectNotOffered
from alicerce.apps.billing.queries import connecting as queries
from alicerce.apps.billing.queries.charges import offered_methods
from alicerce.apps.billing.queries.gateways import accounts
from alicerce.apps.billing.queries.platform_fees import (
    earned_between,
    platform_fees,
    platform_fees_between,
)
from alicerce.apps.billing.services.connect_merchant import (
    ask_onboarding,
    disconnect_merchant,
    look_again,
)
from alicerce.apps.billing.services.offer_connect import offer_connect
from alicerce.apps.billing.types.connecting import LinkStatus, MerchantView
from alicerce.apps.billing.web import receiving_parts as parts
from alicerce.apps.billing.web.money_forms import OfferForm
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, in_person, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, sensitive
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb, Section
from alicerce.ui.links import here
from alicerce.ui.live import LiveRegion
from alicerce.ui.page import Page, render_page

WATCH, SETTLED = 2, 0
MOMENT = timedelta(minutes=10)
"""A provider's clock may be ahead of ours."""
DISCONNECT = "merchant.disconnect"
TITLE = gettext_lazy("Contas de recebimento")


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def listing(request: Request) -> HttpResponse:
    """Polled for a while after they come back from Stripe: the news may be slower than they are."""
    is_back = "aguardando" in request.GET
    body: list[Content] = [parts.late_note()] if "venceu" in request.GET else []
    if tenancy.tenant_card().is_root:
        body += parts.own_offers(queries.own_stripe_accounts(), queries.own_offers())
        body += _earned(now())
    else:
        body += parts.connecting(
            queries.merchants(),
            queries.offers_to_companies(),
            ended=queries.ended_merchants(),
            other_ways=offered_methods(),
        )
        body += _kept(now())
    body.append(parts.accounts_table(accounts()))
    url = f"{_here()}?aguardando=1" if is_back else _here()
    page = Page(
        str(TITLE),
        "workspace",
        [LiveRegion("recebimento", url, WATCH if is_back else SETTLED, body)],
        lead=_("Por onde o dinheiro dos clientes chega à empresa."),
    )
    return render_page(request, page)


def _earned(at: datetime) -> list[Content]:
    """Where the platform offers it at all: what the companies left it this month."""
    if not queries.own_offers():
        return []
    found = earned_between(*_month(at))
    title = _("Tarifas recebidas de empresas neste mês")
    return [Section(title, [parts.earned_table(found, tenancy.tenant_names(), title=title)])]


def _kept(at: datetime) -> list[Content]:
    return (
        [parts.fees_card(platform_fees_between(*_month(at)))]
        if queries.was_ever_connected()
        else []
    )


def _month(at: datetime) -> tuple[datetime, datetime]:
    """This one, as days go where the company is, until now."""
    here = at.astimezone(ZoneInfo(tenancy.time_zone()))
    first = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first, at + MOMENT


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def fees(request: Request) -> HttpResponse:
    """Each part that the platform kept, and what came back."""
    after = request.GET.get("depois", "")
    try:
        found, more = platform_fees(after=after)
    except ValueError:
        raise Http404 from None
    table = parts.fees_table(
        found,
        newer=here(request, depois="") if after else "",
        older=here(request, depois=more) if more else "",
    )
    page = Page(
        _("Tarifas da plataforma"),
        "workspace",
        [table],
        lead=_("O que a plataforma reteve de cada pagamento, e o que voltou com estornos."),
        breadcrumbs=[Crumb(str(TITLE), _here()), Crumb(_("Tarifas"))],
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@in_person
@require_POST
def connect(request: Request, gateway_id: UUID) -> HttpResponse:
    """On their way to Stripe: to open an account, or to tell it what is due."""
    back = request.build_absolute_uri(reverse("workspace:merchant_back"))
    try:
        merchant_id = ask_onboarding(account_id=gateway_id, return_url=back, at=now())
    except ConnectNotOffered:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(_here())
    return HttpResponseRedirect(reverse("workspace:merchant_visit", args=[merchant_id]))


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_safe
def on_the_way(request: Request, merchant_id: UUID) -> HttpResponse:
    """A worker opens Stripe's page; the way there is shown as soon as it is open."""
    found = _merchant(merchant_id)
    is_asked = found.link == LinkStatus.ASKED
    region = LiveRegion(
        "ida",
        reverse("workspace:merchant_visit", args=[merchant_id]),
        WATCH if is_asked else SETTLED,
        [Card([parts.way(found, back=_here())])],
    )
    page = Page(
        _("Página segura da Stripe"),
        "workspace",
        [region],
        width="narrow",
        breadcrumbs=[Crumb(str(TITLE), _here()), Crumb("Stripe")],
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def back(request: Request) -> HttpResponse:
    """Where Stripe's page leads back to: whatever they did there is asked of Stripe."""
    look_again(at=now())
    end = "venceu=1" if "venceu" in request.GET else "aguardando=1"
    return HttpResponseRedirect(f"{_here()}?{end}")


def _foresee(request: Request, merchant_id: UUID) -> Foreseen:
    found = _merchant(merchant_id)
    return Foreseen(
        title=_("Desligar a conta da Stripe"),
        facts=[
            (_("Conta"), found.external_id or _("ainda não aberta")),
            (
                _("Depois"),
                _(
                    "Nenhuma cobrança nova é feita por ela, e as páginas de pagamento abertas se fecham. "
                    "A conta e o saldo seguem seus, na Stripe."
                ),
            ),
        ],
        button=_("Desligar"),
        entity="merchant",
        entity_id=merchant_id,
        back=_here(),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@sensitive(DISCONNECT, permission=permissions.MANAGE, foresee=_foresee)
def disconnect(request: Request, merchant_id: UUID) -> HttpResponseBase:
    if disconnect_merchant(merchant_id=merchant_id, at=now()):
        messages.success(request, _("A conta está desligada."))
    return HttpResponseRedirect(_here())


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: Request, gateway_id: UUID) -> HttpResponse:
    """The platform says whether companies are paid through this account, and for how much."""
    known = {one.id: one for one in queries.own_stripe_accounts()}
    if gateway_id not in known or not tenancy.tenant_card().is_root:
        raise Http404
    found = queries.own_offers().get(gateway_id)
    form = OfferForm(request.POST or None, initial=OfferForm.typed(found))
    if request.method == "POST" and form.is_valid():
        if offer_connect(account_id=gateway_id, terms=form.meant(), at=now()):
            messages.success(request, _("Oferta salva. Vale para as contas que forem abertas."))
        return HttpResponseRedirect(_here())
    ask = Form(
        "",
        form_fields(form),
        [Button(_("Salvar"), variant="primary"), LinkButton(_("Voltar"), _here())],
        FormErrors(form) if form.errors else "",
    )
    page = Page(
        _("Recebimento pela plataforma"),
        "workspace",
        [Card([ask])],
        lead=known[gateway_id].name,
        breadcrumbs=[Crumb(str(TITLE), _here()), Crumb(known[gateway_id].name)],
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _merchant(merchant_id: UUID) -> MerchantView:
    found = queries.merchant(merchant_id)
    if found is None:
        raise Http404
    return found


def _here() -> str:
    return reverse("workspace:receiving")


BASE = "financeiro/recebimento/"
urlpatterns = [
    path(BASE, listing, name="receiving"),
    path(f"{BASE}tarifas/", fees, name="platform_fees"),
    path(f"{BASE}volta/", back, name="merchant_back"),
    path(f"{BASE}contas/<uuid:merchant_id>/ida/", on_the_way, name="merchant_visit"),
    path(f"{BASE}contas/<uuid:merchant_id>/desligar/", disconnect, name="merchant_disconnect"),
    path(f"{BASE}<uuid:gateway_id>/conectar/", connect, name="merchant_connect"),
    path(f"{BASE}<uuid:gateway_id>/oferta/", offer, name="connect_offer"),
]
