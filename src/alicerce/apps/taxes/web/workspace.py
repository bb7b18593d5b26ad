"""A company's taxes: seen, written down, ended. A price that changes is proven and seen once more."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alicerce.apps.taxes import permissions, services
from alicerce.apps.taxes.errors import NoSuchTax
from alicerce.apps.taxes.queries import local_day, taxes
from alicerce.apps.taxes.queries import tax as tax_card
from alicerce.apps.taxes.types import TaxCard
from alicerce.apps.taxes.web import components as parts
from alicerce.apps.taxes.web.forms import EndForm, TaxForm
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, drop, keep, kept, sensitive
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Words
from alicerce.ui.formats import day
from alicerce.ui.forms import Form, FormErrors, Span, form_field
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note

ADD, END = "tax.add_approved", "tax.end_approved"
WIDE = frozenset({"name", "manner", "withholding", "reason"})


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def tax_list(request: Request) -> HttpResponse:
    may_write = permissions.WRITE in request.permissions
    rounding = _(
        "Cada imposto é arredondado uma vez por fatura, meio centavo para cima, e repartido entre as linhas."
    )
    page = Page(
        _("Impostos"),
        "workspace",
        [
            parts.taxes_table(taxes(), today=_today(), may_write=may_write),
            Note("info", rounding),
        ],
        lead=_("O que as próximas faturas pedem além dos preços, ou dentro deles."),
        actions=[
            LinkButton(_("Simular"), reverse("workspace:tax_preview")),
            *([parts.new_tax_button()] if may_write else []),
        ],
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def tax_new(request: Request) -> HttpResponse:
    form = TaxForm(request.POST or None, today=_today())
    if request.method == "POST" and form.is_valid():
        keep(request, ADD, typed=request.POST.dict())
        return HttpResponseRedirect(reverse("workspace:tax_new_confirm"))
    told = _("Vale para as faturas emitidas desse dia em diante. As que existem não mudam.")
    return render_page(request, _page(_("Novo imposto"), form, told, _("Continuar")))


def _foresee_add(request: Request) -> Foreseen:
    form = _typed_tax(request)
    return Foreseen(
        title=_("Criar imposto"),
        facts=[*parts.facts_of(form.spec()), (_("Motivo"), form.cleaned_data["reason"])],
        button=_("Criar imposto"),
        entity="tax",
        back=reverse("workspace:taxes"),
    )


@requires("workspace:enter")
@sensitive(ADD, permission=permissions.WRITE, foresee=_foresee_add)
def tax_new_confirm(request: Request) -> HttpResponseBase:
    form = _typed_tax(request)
    drop(request, ADD)
    try:
        services.add_tax(spec=form.spec(), at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Imposto criado. Ele entra nas próximas faturas."))
    return HttpResponseRedirect(reverse("workspace:taxes"))


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def tax_end(request: Request, tax_id: UUID) -> HttpResponse:
    card = _found(tax_id)
    form = EndForm(request.POST or None, today=max(_today(), card.spec.starts_on))
    if request.method == "POST" and form.is_valid():
        keep(request, END, about=tax_id, typed=request.POST.dict())
        return HttpResponseRedirect(reverse("workspace:tax_end_confirm", args=[tax_id]))
    title = _("Encerrar %(tax)s") % {"tax": card.spec.name}
    told = _("O que já foi emitido não muda. Para outra alíquota, crie outro imposto.")
    return render_page(request, _page(title, form, told, _("Continuar")))


def _foresee_end(request: Request, tax_id: UUID) -> Foreseen:
    card = _found(tax_id)
    form = _typed_end(request, card)
    facts: list[tuple[Words, Words]] = [
        *parts.facts_of(card.spec),
        (_("Último dia"), day(form.cleaned_data["ends_on"])),
        (_("Motivo"), form.cleaned_data["reason"]),
    ]
    return Foreseen(
        title=_("Encerrar imposto"),
        facts=facts,
        button=_("Encerrar imposto"),
        entity="tax",
        entity_id=tax_id,
        back=reverse("workspace:taxes"),
    )


@requires("workspace:enter")
@sensitive(END, permission=permissions.WRITE, foresee=_foresee_end)
def tax_end_confirm(request: Request, tax_id: UUID) -> HttpResponseBase:
    form = _typed_end(request, _found(tax_id))
    drop(request, END)
    try:
        services.end_tax(tax_id=tax_id, ends_on=form.cleaned_data["ends_on"], at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("O imposto tem fim."))
    return HttpResponseRedirect(reverse("workspace:taxes"))


def _typed_tax(request: Request) -> TaxForm:
    form = TaxForm(kept(request, ADD), today=_today())
    if not form.is_valid():
        raise Http404
    return form


def _typed_end(request: Request, card: TaxCard) -> EndForm:
    today = max(_today(), card.spec.starts_on)
    form = EndForm(kept(request, END, about=card.id), today=today)
    if not form.is_valid():
        raise Http404
    return form


def _found(tax_id: UUID) -> TaxCard:
    try:
        return tax_card(tax_id)
    except NoSuchTax:
        raise Http404 from None


def _today() -> date:
    return local_day(now())


def _page(title: str, form: Any, told: str, button: str) -> Page:
    fields = [form_field(bound, span=_span(bound.name)) for bound in form]
    ask = Form(
        "",
        fields,
        [
            Button(button, variant="primary"),
            LinkButton(_("Voltar"), reverse("workspace:taxes")),
        ],
        FormErrors(form) if form.errors else "",
    )
    return Page(
        title,
        "workspace",
        [Note("info", told), Card([ask])],
        breadcrumbs=[Crumb(_("Impostos"), reverse("workspace:taxes")), Crumb(title)],
        width="narrow",
        status=422 if form.errors else 200,
    )


def _span(name: str) -> Span:
    return 6 if name in WIDE else 3


urlpatterns = [
    path("financeiro/impostos/", tax_list, name="taxes"),
    path("financeiro/impostos/novo/", tax_new, name="tax_new"),
    path("financeiro/impostos/novo/confirmar/", tax_new_confirm, name="tax_new_confirm"),
    path("financeiro/impostos/<uuid:tax_id>/encerrar/", tax_end, name="tax_end"),
    path(
        "financeiro/impostos/<uuid:tax_id>/encerrar/confirmar/",
        tax_end_confirm,
        name="tax_end_confirm",
    ),
]
