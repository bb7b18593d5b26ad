"""Comparisons, old invoices, and the two steps that only a person takes: billing here, and giving it all back."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.customers import public as customers
from alicerce.apps.customers.errors import NoSuchCustomer
from alicerce.apps.switching import permissions
from alicerce.apps.switching.queries import dumps as queries
from alicerce.apps.switching.services.course import (
    begin_crossing,
    begin_undoing,
    crossing_shadow,
)
from alicerce.apps.switching.types import DifferenceKind, ShadowCard
from alicerce.apps.switching.web import shadow_components as parts
from alicerce.apps.switching.web.components import url
from alicerce.apps.switching.web.reporting import spreadsheet
from alicerce.apps.switching.web.words import KINDS, PLACES
from alicerce.apps.switching.web.workspace import trail
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.sensitive import Foreseen, sensitive
from alicerce.ui.buttons import LinkButton
from alicerce.ui.formats import day, number
from alicerce.ui.layout import Crumb
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page

CROSS, UNDO = "switching.cross_approved", "switching.undo_approved"
MOST_IN_FILE = 100_000


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def shadow(request: Request, shadow_id: UUID) -> HttpResponse:
    card = _finished(shadow_id)
    kind = request.GET.get("tipo", "")
    rows, following = queries.differences(
        shadow_id,
        kind=DifferenceKind(kind) if kind in set(DifferenceKind) else None,
        unexplained=request.GET.get("sem") == "1",
        after=said_id(request, "depois"),
    )
    names = customers.customers_by_id([one.customer_id for one in rows if one.customer_id])
    older = here(request, depois=str(following)) if following else ""
    page = Page(
        _("Comparação com o WHMCS"),
        "workspace",
        [
            *parts.summary(card),
            parts.totals(card),
            parts.kinds_table(card),
            parts.differences_table(rows, names, older=older),
        ],
        lead=_("O que se cobraria aqui, e o que o WHMCS cobrou, vencendo até %(day)s.")
        % {"day": day(card.until)},
        breadcrumbs=trail(
            Crumb(_("Cópia"), url("switching_dump", card.dump_id)), Crumb(_("Comparação"))
        ),
        actions=[
            LinkButton(
                _("Baixar CSV"), url("switching_shadow_file", shadow_id), icon="download"
            )
        ],
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def shadow_file(request: Request, shadow_id: UUID) -> HttpResponse:
    _finished(shadow_id)
    rows, _following = queries.differences(shadow_id, limit=MOST_IN_FILE)
    head = [
        _("Motivo"), _("Explicada"), _("Tabela"), _("Id no WHMCS"), _("Vencimento"), _("Fatura"),
        _("No WHMCS (centavos)"), _("Aqui (centavos)"), _("Moeda"),
    ]  # fmt: skip
    lines = [
        [
            str(KINDS[one.kind][0]),
            _("Sim") if one.is_explained else _("Não"),
            str(PLACES[one.place]),
            str(one.source_id),
            one.due_on.isoformat() if one.due_on else "",
            str(one.invoice or ""),
            str(one.theirs_cents),
            str(one.ours_cents),
            one.currency,
        ]
        for one in rows
    ]
    return spreadsheet("diferencas.csv", [head, *lines])


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def history(request: Request, customer_id: UUID) -> HttpResponse:
    try:
        name = customers.customer_detail(customer_id).profile.name
    except NoSuchCustomer:
        raise Http404 from None
    rows, following = queries.old_invoices(customer_id, before=said_id(request, "antes"))
    older = here(request, antes=str(following)) if following else ""
    page = Page(
        _("Faturas do sistema anterior"),
        "workspace",
        [parts.history_table(rows, older=older)],
        lead=name,
        breadcrumbs=trail(Crumb(name, url("customer", customer_id))),
    )
    return render_page(request, page)


def _foresee_crossing(request: Request) -> Foreseen:
    found = crossing_shadow()
    card = queries.shadow_card(found.id) if found else None
    return Foreseen(
        title=_("Passar a cobrar aqui"),
        facts=_facts(card),
        button=_("Passar a cobrar aqui"),
        entity="switch",
        back=url("switching"),
    )


def _facts(card: ShadowCard | None) -> list[tuple[str, str]]:
    """Nothing was compared: then it is refused, and the page says why."""
    if card is None:
        return [(_("Comparação"), _("Falta: traga uma cópia nova e compare"))]
    return [
        (_("Diferenças sem explicação"), number(card.unexplained)),
        (_("Diferenças explicadas"), number(card.explained)),
        (_("Linhas iguais ao centavo"), number(card.matched)),
        (
            _("O que muda"),
            _("As assinaturas trazidas são faturadas aqui desde o próximo período"),
        ),
        (_("O que vem junto"), _("Faturas em aberto, com o número de lá, e créditos")),
        (_("No WHMCS"), _("Desligue o cron de lá antes de confirmar")),
    ]


@requires("workspace:enter")
@sensitive(CROSS, permission=permissions.CUT_OVER, foresee=_foresee_crossing)
def cross(request: Request) -> HttpResponseBase:
    begin_crossing(at=now())
    return HttpResponseRedirect(url("switching"))


def _foresee_undoing(request: Request) -> Foreseen:
    return Foreseen(
        title=_("Desfazer a importação"),
        facts=[
            (_("O que sai"), _("Clientes, serviços, histórico e chamados que vieram de lá")),
            (_("O que fica"), _("O que alguém mudou aqui depois, e quem já era seu cliente")),
            (_("No WHMCS e nos servidores"), _("Nada muda")),
        ],
        button=_("Desfazer"),
        entity="switch",
        back=url("switching"),
    )


@requires("workspace:enter")
@sensitive(UNDO, permission=permissions.CUT_OVER, foresee=_foresee_undoing)
def undo(request: Request) -> HttpResponseBase:
    begin_undoing(at=now())
    return HttpResponseRedirect(url("switching"))


def _finished(shadow_id: UUID) -> ShadowCard:
    card = queries.shadow_card(shadow_id)
    if card is None or card.finished_at is None:
        raise Http404
    return card


urlpatterns = [
    path("trazer/comparacao/<uuid:shadow_id>/", shadow, name="switching_shadow"),
    path(
        "trazer/comparacao/<uuid:shadow_id>/diferencas.csv",
        shadow_file,
        name="switching_shadow_file",
    ),
    path("trazer/historico/<uuid:customer_id>/", history, name="switching_history"),
    path("trazer/passar/", cross, name="switching_cross"),
    path("trazer/desfazer/", undo, name="switching_undo"),
]
