"""The meters of a plan: shown on its page, added, retired."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import NoSuchPlan
from alicerce.apps.metering.errors import NoSuchMeter
from alicerce.apps.metering.queries.usage import live_meter, meters_of
from alicerce.apps.metering.services.meters import add_meter, retire_meter
from alicerce.apps.metering.types import MeterCard
from alicerce.apps.metering.web.forms import MeterFields
from alicerce.apps.metering.web.words import AGGREGATIONS, SCHEMES, price_words
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, drop, keep, kept, sensitive
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb, Section
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, Note
from alicerce.ui.tables import Cell, Column, Table, TableRow

ADD, RETIRE = "meter.add_approved", "meter.retire_approved"
CURRENCY = "BRL"


def meters_section(plan_id: UUID, *, may_write: bool) -> Section:
    """What a plan counts, for its page."""
    add: Content = ""
    if may_write:
        url = reverse("workspace:meter_new", args=[plan_id])
        add = LinkButton(_("Criar medidor"), url, icon="plus", size="sm")
    table = Table(
        _("Medidores"),
        [
            Column(_("Medidor"), "name"),
            Column(_("O que se cobra")),
            Column(_("Preços")),
            *([Column(_("Ação"), "extra")] if may_write else []),
        ],
        [_row(card, may_write=may_write) for card in meters_of(plan_id)],
        empty=EmptyState(
            _("Nenhum medidor"),
            _("Requisições, tráfego, mensagens: o que se cobra depois, pelo que foi usado."),
            icon="clock",
        ),
    )
    return Section(_("Medidores"), [table], aside=add)


@requires("workspace:enter")
@requires("catalog:write")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, plan_id: UUID) -> HttpResponse:
    _require_plan(plan_id)
    form = MeterFields(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep(request, ADD, about=plan_id, typed=request.POST.dict())
        return HttpResponseRedirect(reverse("workspace:meter_new_confirm", args=[plan_id]))
    return render_page(request, _page(plan_id, form))


def _foresee_add(request: Request, plan_id: UUID) -> Foreseen:
    """A price: who has the plan pays it from now on."""
    meter = _typed(request, plan_id).meter()
    return Foreseen(
        title=_("Criar medidor"),
        facts=[
            (_("Medidor"), f"{meter.name} ({meter.key})"),
            (_("O que se cobra"), AGGREGATIONS[meter.aggregation]),
            (_("Como se cobra"), SCHEMES[meter.scheme]),
            (_("Preços"), price_words(meter, CURRENCY)),
            (_("Quem paga"), _("Todos que já têm o plano, pelo que usarem daqui em diante.")),
        ],
        button=_("Criar medidor"),
        entity="plan",
        entity_id=plan_id,
        back=_plan_url(plan_id),
    )


@requires("workspace:enter")
@sensitive(ADD, permission="catalog:write", foresee=_foresee_add)
def new_confirm(request: Request, plan_id: UUID) -> HttpResponseBase:
    form = _typed(request, plan_id)
    drop(request, ADD)
    try:
        add_meter(plan_id=plan_id, form=form.meter(), at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Medidor criado."))
    return HttpResponseRedirect(_plan_url(plan_id))


def _typed(request: Request, plan_id: UUID) -> MeterFields:
    _require_plan(plan_id)
    form = MeterFields(kept(request, ADD, about=plan_id))
    if not form.is_valid():
        raise Http404
    return form


def _require_plan(plan_id: UUID) -> None:
    try:
        catalog.require_plan(plan_id)
    except NoSuchPlan:
        raise Http404 from None


def _foresee_retire(request: Request, meter_id: UUID) -> Foreseen:
    """Nothing more comes in: what is used from now on is lost to whoever asks for money."""
    card = _live(meter_id)
    return Foreseen(
        title=_("Encerrar medidor"),
        facts=[
            (_("Medidor"), f"{card.form.name} ({card.form.key})"),
            (_("Daqui em diante"), _("Nenhum registro de uso é aceito, nem cobrado.")),
            (_("O que já registrou"), _("Ainda é cobrado na renovação.")),
        ],
        button=_("Encerrar medidor"),
        entity="plan",
        entity_id=card.plan_id,
        back=_plan_url(card.plan_id),
    )


@requires("workspace:enter")
@sensitive(RETIRE, permission="catalog:write", foresee=_foresee_retire)
def retire(request: Request, meter_id: UUID) -> HttpResponseBase:
    card = retire_meter(meter_id=meter_id, at=now())
    messages.success(request, _("Medidor encerrado. O que ele já registrou ainda é cobrado."))
    return HttpResponseRedirect(_plan_url(card.plan_id))


def _live(meter_id: UUID) -> MeterCard:
    try:
        return live_meter(meter_id)
    except NoSuchMeter:
        raise Http404 from None


def _row(card: MeterCard, *, may_write: bool) -> TableRow:
    form = card.form
    cells: list[Content | Cell] = [
        Cell(form.name, "", form.key),
        Cell(AGGREGATIONS[form.aggregation], "", SCHEMES[form.scheme]),
        price_words(form, card.currency),
    ]
    if may_write:
        action = reverse("workspace:meter_retire", args=[card.id])
        cells.append(LinkButton(_("Encerrar"), action, size="sm", variant="ghost"))
    return TableRow(cells)


def _page(plan_id: UUID, form: MeterFields) -> Page:
    told = _(
        "O uso chega pela API, e é cobrado na renovação, pelo que já foi usado. "
        "Um medidor não muda: encerra-se, e cria-se outro."
    )
    ask = Form(
        reverse("workspace:meter_new", args=[plan_id]),
        form_fields(form),
        [
            Button(_("Continuar"), variant="primary"),
            LinkButton(_("Voltar"), _plan_url(plan_id)),
        ],
        FormErrors(form) if form.errors else "",
    )
    return Page(
        _("Novo medidor"),
        "workspace",
        [Note("info", told), Card([ask])],
        breadcrumbs=[
            Crumb(_("Catálogo"), reverse("workspace:catalog")),
            Crumb(_("Plano"), _plan_url(plan_id)),
            Crumb(_("Novo medidor")),
        ],
        width="narrow",
        status=422 if form.errors else 200,
    )


def _plan_url(plan_id: UUID) -> str:
    return reverse("workspace:plan", args=[plan_id])


urlpatterns = [
    path("catalogo/planos/<uuid:plan_id>/medidores/novo/", new, name="meter_new"),
    path(
        "catalogo/planos/<uuid:plan_id>/medidores/novo/confirmar/",
        new_confirm,
        name="meter_new_confirm",
    ),
    path("catalogo/medidores/<uuid:meter_id>/encerrar/", retire, name="meter_retire"),
]
