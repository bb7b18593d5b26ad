"""Selling a product of the platform to a company, and asking for it no more, in the operators' panel."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alicerce.apps.payers.queries.bills import sales_of_company
from alicerce.apps.payers.queries.offers import offers
from alicerce.apps.payers.services.drop import drop_product
from alicerce.apps.payers.services.sell import sell_product
from alicerce.apps.payers.types import Offer
from alicerce.apps.payers.web.components import PRODUCTS
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import AccountView, ProductKey
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, keep, kept, sensitive
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import money
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note
from alicerce.ui.plans import CYCLES

OPERATE, WRITE = "platform:operate", "companies:write"
SELL = "platform_product.sale_approved"
DROP = "platform_product.drop_approved"


class SaleForm(forms.Form):
    price = forms.ChoiceField(label=gettext_lazy("Plano e preço"))

    def __init__(self, *given: object, known: list[Offer], **options: object) -> None:
        super().__init__(*given, **options)  # type: ignore[arg-type]
        self.fields["price"].choices = [(str(one.price_id), _words(one)) for one in known]  # type: ignore[attr-defined]


def _words(one: Offer) -> str:
    return f"{one.plan} · {money(one.amount)} · {CYCLES[one.cycle.value]}"


@requires(OPERATE)
@requires(WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def sale(request: Request, tenant_id: UUID, key: str) -> HttpResponse:
    company, product = _company(tenant_id), _product(key)
    known = _offers(product)
    form = SaleForm(request.POST or None, known=known)
    if request.method == "POST" and form.is_valid():
        keep(request, SELL, about=_about(tenant_id, key), typed=form.cleaned_data)
        return HttpResponseRedirect(reverse("console:product_sell", args=[tenant_id, key]))
    back = reverse("console:company", args=[tenant_id])
    name = str(PRODUCTS[product])
    page = Page(
        _("Cobrar %(product)s") % {"product": name},
        "console",
        [*_payer_notes(tenant_id), _sale_card(form, back) if known else _no_plans()],
        lead=_(
            "Entra na fatura da conta que paga por %(company)s, junto com o mais que ela paga."
        )
        % {"company": company},
        breadcrumbs=[
            Crumb(_("Empresas"), reverse("console:companies")),
            Crumb(company, back),
            Crumb(name),
        ],
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _sale_card(form: SaleForm, back: str) -> Content:
    return Card(
        [
            Form(
                action="",
                fields=form_fields(form),
                actions=[
                    LinkButton(_("Cancelar"), back, variant="ghost"),
                    Button(_("Cobrar produto"), variant="primary"),
                ],
                errors=FormErrors(form) if form.errors else "",
            )
        ]
    )


def _no_plans() -> Note:
    return Note(
        "warn",
        _(
            "Crie no catálogo da plataforma um plano do tipo “Produto da plataforma” para este produto, com "
            "um preço que renova, sem taxa de instalação e sem teste."
        ),
        title=_("Nenhum plano ainda"),
    )


def _payer_notes(tenant_id: UUID) -> list[Content]:
    account = tenancy.payer_of(tenant_id)
    if account is None:
        return [Note("warn", _("Ninguém paga por esta empresa ainda."))]
    return []


def _foresee_sale(request: Request, tenant_id: UUID, key: str) -> Foreseen:
    company, product = _company(tenant_id), _product(key)
    wanted = _wanted(request, tenant_id, product)
    account = _account(tenant_id)
    return Foreseen(
        title=_("Cobrar produto da empresa"),
        facts=[
            (_("Empresa"), company),
            (_("Produto"), str(PRODUCTS[product])),
            (_("Plano"), wanted.plan),
            (_("Preço"), f"{money(wanted.amount)} · {CYCLES[wanted.cycle.value]}"),
            (_("Quem paga"), account.name),
            (_("Vale"), _("de hoje em diante; dias já faturados não são cobrados de novo")),
        ],
        button=_("Cobrar produto"),
        entity="billing_account",
        entity_id=account.id,
        back=reverse("console:product_sale", args=[tenant_id, key]),
    )


@requires(OPERATE)
@sensitive(SELL, permission=WRITE, foresee=_foresee_sale)
def sell(request: Request, tenant_id: UUID, key: str) -> HttpResponseBase:
    product = _product(key)
    wanted = _wanted(request, tenant_id, product)
    try:
        sell_product(company_id=tenant_id, product=product, price_id=wanted.price_id, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("O produto está ligado, e entra na próxima fatura."))
    return HttpResponseRedirect(reverse("console:company", args=[tenant_id]))


def _foresee_drop(request: Request, tenant_id: UUID, key: str) -> Foreseen:
    product, account = _product(key), _account(tenant_id)
    if product not in {one.product for one in sales_of_company(tenant_id)}:
        raise Http404
    return Foreseen(
        title=_("Tirar o produto da empresa"),
        facts=[
            (_("Empresa"), _company(tenant_id)),
            (_("Produto"), str(PRODUCTS[product])),
            (_("Quem paga"), account.name),
            (_("Na hora"), _("o produto é desligado; nada é apagado")),
            (_("Cobrança"), _("nenhum período novo; o que já foi faturado continua devido")),
        ],
        button=_("Tirar produto"),
        entity="billing_account",
        entity_id=account.id,
        back=reverse("console:company", args=[tenant_id]),
    )


@requires(OPERATE)
@sensitive(DROP, permission=WRITE, foresee=_foresee_drop)
def drop(request: Request, tenant_id: UUID, key: str) -> HttpResponseBase:
    try:
        drop_product(company_id=tenant_id, product=_product(key), at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("O produto foi tirado, e não é mais cobrado."))
    return HttpResponseRedirect(reverse("console:company", args=[tenant_id]))


def _company(tenant_id: UUID) -> str:
    """Not the platform's own: it pays nobody."""
    name = tenancy.tenant_names().get(tenant_id)
    if name is None or tenant_id == tenancy.root_tenant():
        raise Http404
    return name


def _product(key: str) -> ProductKey:
    if key not in set(ProductKey):
        raise Http404
    return ProductKey(key)


def _account(tenant_id: UUID) -> AccountView:
    account = tenancy.payer_of(tenant_id)
    if account is None:
        raise Http404
    return account


def _offers(product: ProductKey) -> list[Offer]:
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        return offers(product)


def _wanted(request: Request, tenant_id: UUID, product: ProductKey) -> Offer:
    price = kept(request, SELL, about=_about(tenant_id, product))["price"]
    found = next((one for one in _offers(product) if str(one.price_id) == price), None)
    if found is None:
        raise Http404
    return found


def _about(tenant_id: UUID, key: str) -> str:
    return f"{tenant_id} {key}"


urlpatterns = [
    path("empresas/<uuid:tenant_id>/cobranca/<str:key>/", sale, name="product_sale"),
    path("empresas/<uuid:tenant_id>/cobranca/<str:key>/confirmar/", sell, name="product_sell"),
    path("empresas/<uuid:tenant_id>/cobranca/<str:key>/tirar/", drop, name="product_drop"),
]
