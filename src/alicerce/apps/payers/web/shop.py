"""A company's own people buy, change and end the platform's products; only who answers for the account."""

from collections.abc import Callable, Sequence
from typing import TypedDict
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.payers import permissions
from alicerce.apps.payers.errors import OtherPrice
from alicerce.apps.payers.queries.bills import customer_of
from alicerce.apps.payers.queries.buying import answers_for, wares
from alicerce.apps.payers.services import buy, manage
from alicerce.apps.payers.types import Bought, Ware
from alicerce.apps.payers.web import change_parts
from alicerce.apps.payers.web import shop_parts as parts
from alicerce.apps.payers.web.components import PRODUCTS, others_account_note
from alicerce.apps.payers.web.forms import ChangeForm, EndForm, PurchaseForm
from alicerce.apps.subscriptions.errors import PreviewOutdated
from alicerce.apps.subscriptions.types.changes import ChangeStatus
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import AccountView, ProductKey
from alicerce.kernel.access import Request, in_person, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import current, current_tenant_id
from alicerce.kernel.errors import Refused
from alicerce.ui.component import Content
from alicerce.ui.formats import day
from alicerce.ui.layout import Crumb
from alicerce.ui.links import said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def products(request: Request) -> HttpResponse:
    account = _account()
    may_buy = permissions.BUY in request.permissions and _answers(request, account)
    found = wares(current_tenant_id())
    body: list[Content] = [] if may_buy else [others_account_note(account.name)]
    body += parts.ware_cards(found, may_buy=may_buy)
    lead = _("O que a plataforma vende a esta empresa. Quem paga é a conta %(name)s.")
    page = _page(_("Produtos da plataforma"), body, lead=lead % {"name": account.name})
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.BUY)
@in_person
@require_http_methods(["GET", "HEAD", "POST"])
def purchase(request: Request, key: str, price_id: UUID) -> HttpResponse:
    """What it costs now, and the button; the order's own page takes the payment."""
    _answering(request)
    product = _product(key)
    wanted = _of(product)
    form = PurchaseForm(request.POST if request.method == "POST" else None)
    try:
        if request.method == "POST" and form.is_valid():
            bought = buy.buy_product(**wanted, price_id=price_id, **form.cleaned_data, at=now())
            return _bought(request, bought, product)
        shown = buy.preview_purchase(**wanted, price_id=price_id, at=now())
    except OtherPrice as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(request.path)
    except Refused as refused:
        return _refused(request, refused)
    body = parts.basket_cards(shown, action=request.path, back=_home())
    title = _("Comprar %(product)s") % {"product": PRODUCTS[product]}
    return render_page(request, _page(title, body, title, lead=shown.offer.plan))


def _bought(request: Request, bought: Bought, product: ProductKey) -> HttpResponse:
    """Back to the products, where a link leads on: no form may end at another origin, as the platform is."""
    words = _("Pedido feito. Falta pagar a primeira fatura.")
    if not bought.token:
        words = _("%(product)s está ligado.") % {"product": PRODUCTS[product]}
    elif bought.is_charged:
        words = _("Estamos cobrando o cartão. O produto liga assim que for aprovado.")
    elif bought.is_trial:
        words = _("O teste foi pedido.")
    messages.success(request, words)
    return HttpResponseRedirect(_home())


@requires("workspace:enter")
@requires(permissions.BUY)
@require_POST
def take_back(request: Request, key: str) -> HttpResponse:
    return _do(
        request,
        lambda product: buy.take_back_purchase(**_of(product), at=now()),
        key,
        _("O pedido foi cancelado."),
    )


@requires("workspace:enter")
@requires(permissions.BUY)
@in_person
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, key: str) -> HttpResponse:
    """Choose, look, confirm: one address, that says which price by its question."""
    _answering(request)
    ware = _sold(key)
    try:
        if request.method == "POST":
            return _confirm_change(request, ware)
        price_id = said_id(request, "preco")
        if price_id is None:
            body = change_parts.choices(ware, action=request.path)
        else:
            shown = manage.preview_product_change(
                **_of(ProductKey(key)), price_id=price_id, at=now()
            )
            body = change_parts.change_cards(shown, action=request.path)
    except Refused as refused:
        return _refused(request, refused)
    title = _("Mudar de plano")
    lead = _("%(product)s: %(plan)s") % {
        "product": PRODUCTS[ware.product],
        "plan": parts.plan_words(ware),
    }
    return render_page(request, _page(title, body, title, lead=lead))


def _confirm_change(request: Request, ware: Ware) -> HttpResponse:
    form = ChangeForm(request.POST)
    if not form.is_valid():
        raise Http404
    asked = form.cleaned_data
    try:
        done = manage.change_product(**_of(ProductKey(ware.product)), **asked, at=now())
    except PreviewOutdated as outdated:
        messages.error(request, str(outdated))
        return HttpResponseRedirect(f"{request.path}?preco={asked['price_id']}")
    words = _("A mudança já está valendo.")
    if done.status == ChangeStatus.AWAITING:
        words = _("Fatura emitida. A mudança vale assim que ela for paga.")
    elif done.status == ChangeStatus.SCHEDULED:
        words = _("A mudança vale a partir de %(day)s.") % {"day": day(done.effective_on)}
    messages.success(request, words)
    return HttpResponseRedirect(reverse("workspace:platform_bill"))


@requires("workspace:enter")
@requires(permissions.BUY)
@require_POST
def stay(request: Request, key: str) -> HttpResponse:
    return _do(
        request,
        lambda product: manage.withdraw_product_change(**_of(product), at=now()),
        key,
        _("O plano fica como está."),
    )


@requires("workspace:enter")
@requires(permissions.BUY)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, key: str) -> HttpResponse:
    _answering(request)
    ware, form = _sold(key), EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            last = manage.end_product(
                **_of(ProductKey(key)), reason=form.cleaned_data["reason"], at=now()
            )
        except Refused as refused:
            return _refused(request, refused)
        messages.success(request, _("O produto termina em %(day)s.") % {"day": day(last)})
        return HttpResponseRedirect(_home())
    title = _("Encerrar %(product)s") % {"product": PRODUCTS[ware.product]}
    body = change_parts.end_cards(ware, form, back=_home())
    return render_page(
        request,
        _page(
            title, body, title, lead=parts.plan_words(ware), status=422 if form.errors else 200
        ),
    )


@requires("workspace:enter")
@requires(permissions.BUY)
@require_POST
def keep(request: Request, key: str) -> HttpResponse:
    return _do(
        request,
        lambda product: manage.keep_product(**_of(product), at=now()),
        key,
        _("O produto continua."),
    )


def _do(
    request: Request, act: Callable[[ProductKey], object], key: str, said: str
) -> HttpResponse:
    _answering(request)
    try:
        act(_product(key))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(_home())


def _refused(request: Request, refused: Refused) -> HttpResponse:
    page = _page(
        _("Produtos da plataforma"),
        [Note("warn", str(refused), actions=[parts.back_button(_home())])],
        status=refused.status,
    )
    return render_page(request, page)


def _page(
    title: str, body: Sequence[Content], here: str = "", *, lead: str = "", status: int = 200
) -> Page:
    crumbs = [
        Crumb(_("Plataforma"), reverse("workspace:platform_bill")),
        Crumb(_("Produtos"), _home() if here else ""),
    ]
    return Page(
        title,
        "workspace",
        body,
        lead=lead,
        breadcrumbs=[*crumbs, Crumb(here)] if here else crumbs,
        status=status,
    )


def _account() -> AccountView:
    """Of the company; the platform itself pays nobody, and a company without a payer buys nothing."""
    account = tenancy.payer_of(current_tenant_id())
    if account is None:
        raise Http404
    return account


def _answering(request: Request) -> None:
    """Somebody else's account is as absent as one that never was."""
    if not _answers(request, _account()):
        raise Http404


def _answers(request: Request, account: AccountView) -> bool:
    who = current().on_behalf_of or UUID(str(request.user.pk))
    return answers_for(customer_of(account.id), user_id=who)


class Of(TypedDict):
    """Which product, of which company."""

    company_id: UUID
    product: ProductKey


def _of(product: ProductKey) -> Of:
    return {"company_id": current_tenant_id(), "product": product}


def _product(key: str) -> ProductKey:
    if key not in set(ProductKey):
        raise Http404
    return ProductKey(key)


def _sold(key: str) -> Ware:
    found = next((one for one in wares(current_tenant_id()) if one.product == key), None)
    if found is None or found.sale is None:
        raise Http404
    return found


def _home() -> str:
    return reverse("workspace:platform_products")


ROOT = "empresa/plataforma/produtos/"
urlpatterns = [
    path(ROOT, products, name="platform_products"),
    path(f"{ROOT}<str:key>/comprar/<uuid:price_id>/", purchase, name="platform_product_buy"),
    path(f"{ROOT}<str:key>/desistir/", take_back, name="platform_product_take_back"),
    path(f"{ROOT}<str:key>/mudar/", change, name="platform_product_change"),
    path(f"{ROOT}<str:key>/ficar/", stay, name="platform_product_stay"),
    path(f"{ROOT}<str:key>/encerrar/", end, name="platform_product_end"),
    path(f"{ROOT}<str:key>/manter/", keep, name="platform_product_keep"),
]
