"""As whom the company asks for money, on pages."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.billing import permissions
from alicerce.apps.billing.errors import NoSuchIssuer
from alicerce.apps.billing.queries.issuers import issuers, standing, standings
from alicerce.apps.billing.services import keep_issuers as services
from alicerce.apps.billing.types.issuers import IssuerForm, IssuerStanding
from alicerce.apps.billing.web import issuer_parts as parts
from alicerce.apps.customers.errors import NoSuchCustomer
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def listing(request: Request) -> HttpResponse:
    page = Page(
        _("Emissores"),
        "workspace",
        [parts.issuers_table(request, standings())],
        lead=_("Em nome de quem a empresa fatura: cada um com a sua série, sem saltos."),
        actions=parts.add_button(request),
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    form = parts.NewIssuer(request.POST or None)
    if request.method == "POST" and form.is_valid() and _added(form):
        messages.success(request, _("Emissor criado. Escolha o que ele fatura."))
        return HttpResponseRedirect(_list_url())
    return _form_page(request, _("Novo emissor"), form)


def _added(form: parts.NewIssuer) -> bool:
    said = form.cleaned_data
    try:
        services.add_issuer(
            form=form.meant(),
            series=said["series"],
            first_number=said["first_number"],
            at=now(),
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, issuer_id: UUID) -> HttpResponse:
    found = _found(issuer_id)
    if found.card.is_own:
        return render_page(request, _own_page(found))
    initial = {name: getattr(found.card, name) for name in IssuerForm.__slots__}
    form = parts.IssuerFields(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _changed(issuer_id, form):
        messages.success(request, _("Emissor salvo."))
        return HttpResponseRedirect(_list_url())
    return _form_page(request, found.card.legal_name, form, after=_beginning(found))


def _changed(issuer_id: UUID, form: parts.IssuerFields) -> bool:
    try:
        services.change_issuer(issuer_id=issuer_id, form=form.meant(), at=now())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _own_page(found: IssuerStanding) -> Page:
    told = _("O nome, o CNPJ e a cidade deste emissor são os da empresa.")
    link = LinkButton(_("Dados da empresa"), reverse("workspace:company"))
    return Page(
        found.card.legal_name,
        "workspace",
        [Note("info", told, actions=[link]), *_beginning(found)],
        breadcrumbs=_trail(found.card.legal_name),
        width="narrow",
    )


def _beginning(found: IssuerStanding) -> list[Content]:
    """Where the numbers begin, as long as none was given."""
    if found.has_begun:
        return []
    url = reverse("workspace:issuer_begin", args=[found.card.id])
    ask = Form(url, form_fields(parts.FirstNumber()), [Button(_("Começar neste número"))])
    return [Card([ask], title=_("Numeração"))]


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def begin(request: Request, issuer_id: UUID) -> HttpResponse:
    _found(issuer_id)
    form = parts.FirstNumber(request.POST)
    if not form.is_valid():
        messages.error(request, _("Este número não serve."))
        return HttpResponseRedirect(reverse("workspace:issuer_edit", args=[issuer_id]))
    number = form.cleaned_data["first_number"]

    def act(*, issuer_id: UUID, at: datetime) -> bool:
        return services.begin_series(issuer_id=issuer_id, number=number, at=at)

    return _done(request, issuer_id, act, _("A numeração começa neste número."))


def _deed(act: Callable[..., bool], said: Callable[[], str]) -> Callable[..., HttpResponseBase]:
    @requires("workspace:enter")
    @requires(permissions.READ)
    @requires(permissions.MANAGE)
    @require_POST
    def view(request: Request, issuer_id: UUID) -> HttpResponse:
        return _done(request, issuer_id, act, said())

    return view


def _done(
    request: Request, issuer_id: UUID, act: Callable[..., bool], said: str
) -> HttpResponse:
    try:
        if act(issuer_id=issuer_id, at=now()):
            messages.success(request, said)
    except NoSuchIssuer:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(_list_url())


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def choose(request: Request, customer_id: UUID) -> HttpResponse:
    """Who bills a customer from the next invoice on."""
    form = parts.IssuerChoice(issuers(), request.POST)
    try:
        if form.is_valid():
            services.choose_issuer(customer_id=customer_id, issuer_id=form.meant(), at=now())
            messages.success(request, _("Emissor salvo. Vale da próxima fatura em diante."))
        else:
            messages.error(request, _("Este emissor não pode ser escolhido."))
    except NoSuchCustomer:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("workspace:customer_invoices", args=[customer_id]))


def _found(issuer_id: UUID) -> IssuerStanding:
    try:
        return standing(issuer_id)
    except NoSuchIssuer:
        raise Http404 from None


def _form_page(
    request: Request, title: str, form: forms.Form, after: list[Content] | None = None
) -> HttpResponse:
    ask = Form(
        "",
        form_fields(form),
        [Button(_("Salvar emissor"), variant="primary")],
        FormErrors(form) if form.errors else "",
    )
    page = Page(
        title,
        "workspace",
        [Card([ask]), *(after or [])],
        breadcrumbs=_trail(title),
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _trail(title: str) -> list[Crumb]:
    return [Crumb(_("Emissores"), _list_url()), Crumb(title)]


def _list_url() -> str:
    return reverse("workspace:issuers")


ISSUER = "financeiro/emissores/<uuid:issuer_id>/"
urlpatterns = [
    path("financeiro/emissores/", listing, name="issuers"),
    path("financeiro/emissores/novo/", new, name="issuer_new"),
    path(ISSUER, edit, name="issuer_edit"),
    path(f"{ISSUER}numeracao/", begin, name="issuer_begin"),
    path(
        f"{ISSUER}padrao/",
        _deed(services.make_default, lambda: _("Emissor padrão trocado.")),
        name="issuer_default",
    ),
    path(
        f"{ISSUER}aposentar/",
        _deed(services.retire_issuer, lambda: _("Emissor aposentado: não emite mais.")),
        name="issuer_retire",
    ),
    path(
        f"{ISSUER}voltar/",
        _deed(services.restore_issuer, lambda: _("Emissor em uso de novo.")),
        name="issuer_restore",
    ),
    path("clientes/<uuid:customer_id>/emissor/", choose, name="customer_issuer"),
]
