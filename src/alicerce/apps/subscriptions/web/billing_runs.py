"""The billing of renewals: what each run did, who waits for a person, and the company's terms."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.customers import public as customers
from alicerce.apps.subscriptions import permissions
from alicerce.apps.subscriptions.errors import NoSuchSubscription
from alicerce.apps.subscriptions.queries.due import due_customers
from alicerce.apps.subscriptions.queries.pages import latest_runs, parked_customers
from alicerce.apps.subscriptions.queries.terms import local_date, terms
from alicerce.apps.subscriptions.services.billing_run import start_by_hand
from alicerce.apps.subscriptions.services.parking import release
from alicerce.apps.subscriptions.services.set_terms import set_terms
from alicerce.apps.subscriptions.types import ParkedCustomer, RunView
from alicerce.apps.subscriptions.web.acting import do
from alicerce.apps.subscriptions.web.forms import TermsForm
from alicerce.apps.subscriptions.web.words import PARKINGS
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day, money, number
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, Stat, StatStrip
from alicerce.ui.status import BILLING_RUN, badge
from alicerce.ui.tables import Cell, Column, Meter, Table, TableRow
from alicerce.ui.texts import Link, TimeText

NOTHING = "–"


@requires("workspace:enter")
@requires("billing:read")
@require_safe
def runs(request: Request) -> HttpResponse:
    due, parked, done = due_customers(local_date(now())), parked_customers(), latest_runs()
    body: list[Content] = [_figures(due, parked, done)]
    if parked:
        body.append(Card([_parked_table(request, parked)], title=_("Esperando por você")))
    body.append(_runs_table(done))
    page = Page(
        _("Faturamento"),
        "workspace",
        body,
        lead=_("As renovações de cada dia, faturadas uma vez."),
        actions=_actions(request, due),
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires("billing:read")
@requires(permissions.WRITE)
@require_POST
def start(request: Request) -> HttpResponse:
    return do(request, lambda: start_by_hand(at=now()), _("Faturamento iniciado."), _here())


@requires("workspace:enter")
@requires("billing:read")
@requires(permissions.WRITE)
@require_POST
def let_go(request: Request, customer_id: UUID) -> HttpResponse:
    """Who never subscribed to anything is as absent as a customer of somebody else's."""
    try:
        return do(
            request,
            lambda: release(customer_id=customer_id, at=now()),
            _("Este cliente volta a ser cobrado."),
            _here(),
        )
    except NoSuchSubscription:
        raise Http404 from None


@requires("workspace:enter")
@requires("billing:read")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: Request) -> HttpResponse:
    own = terms()
    initial = {
        "days_ahead": own.days_ahead,
        "most_lines": own.most_lines,
        "most_times": own.most_times,
        "notice_days": own.notice_days,
    }
    form = TermsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_terms(terms=form.terms(), at=now())
        messages.success(request, _("Ajustes salvos."))
        return HttpResponseRedirect(_here())
    return render_page(request, _settings_page(form))


def _figures(due: int, parked: Sequence[ParkedCustomer], done: Sequence[RunView]) -> StatStrip:
    last = done[0] if done else None
    totals = ", ".join(money(total) for total in last.totals) if last else ""
    return StatStrip(
        [
            Stat(_("Clientes a faturar hoje"), number(due)),
            Stat(_("Renovações do último dia"), number(last.renewals if last else 0)),
            Stat(_("Valor do último dia"), totals or NOTHING),
            Stat(_("Clientes parados"), number(len(parked)), tone="bad" if parked else ""),
        ]
    )


def _parked_table(request: Request, parked: Sequence[ParkedCustomer]) -> Table:
    names = _names(request, parked)
    may = permissions.WRITE in request.permissions
    return Table(
        _("Clientes parados"),
        [
            Column(_("Cliente"), "name"),
            Column(_("Motivo")),
            Column(_("Desde")),
            *([Column(_("Ação"), "extra")] if may else []),
        ],
        [
            TableRow(
                [
                    names.get(each.customer_id, NOTHING),
                    Cell(PARKINGS[each.reason], "", each.detail),
                    TimeText(each.parked_at),
                    *([_release_button(each.customer_id)] if may else []),
                ]
            )
            for each in parked
        ],
    )


def _names(request: Request, parked: Sequence[ParkedCustomer]) -> Mapping[UUID, Content]:
    if "customers:read" not in request.permissions:
        return {}
    known = customers.customers_by_id({each.customer_id for each in parked})
    return {
        customer_id: Link(row["name"], reverse("workspace:customer", args=[customer_id]))
        for customer_id, row in known.items()
    }


def _release_button(customer_id: UUID) -> PostButton:
    action = reverse("workspace:billing_release", args=[customer_id])
    return PostButton(Button(_("Liberar"), size="sm"), action)


def _runs_table(done: Sequence[RunView]) -> Table:
    return Table(
        _("Faturamentos"),
        [
            Column(_("Dia"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Clientes")),
            Column(_("Faturas"), "number"),
            Column(_("Renovações"), "number"),
            Column(_("Parados"), "number"),
            Column(_("Valor"), "number"),
            Column(_("Começou")),
        ],
        [_run(run) for run in done],
        empty=EmptyState(
            _("Nenhum faturamento ainda"),
            _("O primeiro acontece quando a primeira renovação se aproxima."),
            icon="receipt",
        ),
    )


def _run(run: RunView) -> TableRow:
    return TableRow(
        [
            Cell(day(run.on)),
            badge(BILLING_RUN, "finished" if run.finished_at else "running"),
            _progress(run),
            number(run.invoices),
            number(run.renewals),
            number(run.parked),
            ", ".join(money(total) for total in run.totals) or NOTHING,
            TimeText(run.started_at),
        ]
    )


def _actions(request: Request, due: int) -> list[Content]:
    if permissions.WRITE not in request.permissions:
        return []
    terms_link = LinkButton(_("Ajustes"), reverse("workspace:billing_terms"), icon="settings")
    if not due:
        return [terms_link]
    begins = Button(_("Faturar agora"), variant="primary")
    return [terms_link, PostButton(begins, reverse("workspace:billing_start"))]


def _settings_page(form: TermsForm) -> Page:
    ask = Form(
        reverse("workspace:billing_terms"),
        form_fields(form),
        [Button(_("Salvar"), variant="primary"), LinkButton(_("Voltar"), _here())],
        FormErrors(form) if form.errors else "",
    )
    return Page(
        _("Ajustes do faturamento"),
        "workspace",
        [Card([ask])],
        breadcrumbs=[Crumb(_("Faturamento"), _here()), Crumb(_("Ajustes"))],
        width="narrow",
        status=422 if form.errors else 200,
    )


def _here() -> str:
    return reverse("workspace:billing_runs")


def _progress(run: RunView) -> Meter:
    shown = f"{number(run.customers)}/{number(run.due)}"
    return Meter(run.customers, run.due, _("Clientes vistos"), shown, is_progress=True)


urlpatterns = [
    path("faturamento/", runs, name="billing_runs"),
    path("faturamento/iniciar/", start, name="billing_start"),
    path("faturamento/ajustes/", settings, name="billing_terms"),
    path("faturamento/liberar/<uuid:customer_id>/", let_go, name="billing_release"),
]
