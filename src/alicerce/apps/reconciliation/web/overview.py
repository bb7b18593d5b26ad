"""Each account at a provider: when it was last compared, and what each side says."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.reconciliation import permissions
from alicerce.apps.reconciliation.errors import NoSuchAccount
from alicerce.apps.reconciliation.queries.overview import standings
from alicerce.apps.reconciliation.services.begin_run import ask_run
from alicerce.apps.reconciliation.types import AccountStanding, RunStatus, RunView, Tally
from alicerce.apps.reconciliation.web.components import said, tabs
from alicerce.apps.reconciliation.web.words import RUN, SPANS
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import wall
from alicerce.ui.buttons import Button, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import number
from alicerce.ui.layout import Card, Row
from alicerce.ui.live import LiveRegion
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair, Stat, StatStrip
from alicerce.ui.status import badge
from alicerce.ui.texts import Link, TimeText

WATCH, SETTLED = 2, 0


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def overview(request: Request) -> HttpResponse:
    found = standings()
    cards: list[Content] = [_card(request, one) for one in found]
    running = any(one.last and one.last.status == RunStatus.RUNNING for one in found)
    region = LiveRegion(
        "contas",
        reverse("workspace:reconciliation"),
        WATCH if running else SETTLED,
        cards or [_nothing()],
    )
    page = Page(
        _("Conciliação"),
        "workspace",
        [tabs("reconciliation"), region],
        lead=_("O que o provedor, os pagamentos, o razão e o banco dizem do mesmo dinheiro."),
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def run_now(request: Request, account_id: UUID) -> HttpResponse:
    try:
        ask_run(account_id=account_id, at=wall())
    except NoSuchAccount:
        raise Http404 from None
    messages.success(request, _("A comparação começou."))
    return HttpResponseRedirect(reverse("workspace:reconciliation"))


def _card(request: Request, one: AccountStanding) -> Card:
    body: list[Content] = [_figures(one), _history(one)]
    if one.last and one.last.status == RunStatus.UNKNOWN:
        body.insert(0, _no_answer(one.last))
    return Card(body, title=one.name, aside=_now(request, one))


def _figures(one: AccountStanding) -> Content:
    run = one.last
    if run is None:
        return Note("info", _("Esta conta ainda não foi comparada: sem dados."))
    return StatStrip(
        [
            Stat(_("No provedor"), said(_sums(run, lambda tally: tally.there))),
            Stat(_("Nos pagamentos"), said(_sums(run, lambda tally: tally.here))),
            Stat(_("No razão"), said(_sums(run, lambda tally: tally.posted))),
            Stat(_("No banco"), said(one.bank), _("Do que o extrato liga a esta conta")),
        ]
    )


def _sums(run: RunView, pick: Callable[[Tally], int]) -> dict[str, int]:
    return {currency: pick(tally) for currency, tally in run.totals.items()}


def _history(one: AccountStanding) -> KeyValues:
    url = f"{reverse('workspace:differences')}?conta={one.account_id}"
    pairs = [
        Pair(_("Diferenças abertas"), Link(number(one.open), url)),
        *_runs(one),
    ]
    return KeyValues(pairs)


def _runs(one: AccountStanding) -> list[Pair]:
    return [
        pair
        for run, name in ((one.last, _("Última comparação")), (one.nightly, _("À noite")))
        if run
        for pair in _run(run, name)
    ]


def _run(run: RunView, name: str) -> list[Pair]:
    when = Row([badge(RUN, run.status), TimeText(run.ended_at or run.started_at)])
    return [
        Pair(name, when),
        Pair(_("O que se comparou"), SPANS[run.span]),
        Pair(_("De"), TimeText(run.since)),
        Pair(_("Até"), TimeText(run.until)),
    ]


def _no_answer(run: RunView) -> Note:
    words = _(
        "O provedor não respondeu. Se há diferenças, não se sabe; a comparação continua de onde parou."
    )
    return Note("warn", words, title=run.trouble)


def _now(request: Request, one: AccountStanding) -> Content:
    if permissions.MANAGE not in request.permissions:
        return ""
    if one.last and one.last.status == RunStatus.RUNNING:
        return badge(RUN, RunStatus.RUNNING)
    action = reverse("workspace:reconciliation_run", args=[one.account_id])
    return PostButton(Button(_("Comparar agora"), icon="refresh-cw", size="sm"), action)


def _nothing() -> EmptyState:
    return EmptyState(
        _("Nenhuma conta de recebimento"),
        _(
            "Conecte uma conta de Pix ou da Stripe para comparar o que ela diz com o que está aqui."
        ),
        icon="layers",
    )


urlpatterns = [
    path("conciliacao/", overview, name="reconciliation"),
    path("conciliacao/contas/<uuid:account_id>/comparar/", run_now, name="reconciliation_run"),
]
