"""What providers paid out: the list, and of what each is made."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.reconciliation import permissions
from alicerce.apps.reconciliation.errors import NoSuchBankLine, NoSuchPayout
from alicerce.apps.reconciliation.queries import payouts as queries
from alicerce.apps.reconciliation.queries.overview import account_names
from alicerce.apps.reconciliation.services.match_sums import match_payout
from alicerce.apps.reconciliation.types import PayoutView
from alicerce.apps.reconciliation.web.components import root, tabs
from alicerce.apps.reconciliation.web.near_parts import near_of_payout, rest_of
from alicerce.apps.reconciliation.web.sum_parts import payout_sums, read_subjects
from alicerce.apps.reconciliation.web.words import MOVEMENTS, PAYOUT
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import wall
from alicerce.kernel.errors import Refused
from alicerce.kernel.money import Money
from alicerce.ui.component import Content
from alicerce.ui.formats import day, money
from alicerce.ui.layout import Card, Columns, Crumb
from alicerce.ui.links import here
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, KeyValues, Pair
from alicerce.ui.status import badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Link, MoneyText, TimeText


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def listing(request: Request) -> HttpResponse:
    after = request.GET.get("depois", "")
    found, more = queries.payouts(after=after)
    names = account_names()
    table = Table(
        _("Repasses"),
        [
            Column(_("Repasse"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Chega em")),
            Column(_("Valor"), "number"),
            Column(_("No banco")),
        ],
        [
            TableRow(
                [
                    Cell(one.external_id, _url(one), names.get(one.account_id, "")),
                    badge(PAYOUT, one.status),
                    day(one.arrives_on),
                    MoneyText(one.amount),
                    _in_bank(one),
                ]
            )
            for one in found
        ],
        empty=EmptyState(
            _("Nenhum repasse"),
            _(
                "O que a Stripe manda ao banco aparece aqui. Um Pix já está no banco ao ser recebido."
            ),
            icon="layers",
        ),
        newer=here(request, depois="") if after else "",
        older=here(request, depois=more) if more else "",
    )
    page = Page(
        _("Repasses"),
        "workspace",
        [tabs("payouts"), table],
        lead=_("O que os provedores mandaram ao banco, e de que cada repasse é feito."),
        breadcrumbs=[root(), Crumb(_("Repasses"))],
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def payout(request: Request, payout_id: UUID) -> HttpResponse:
    found = _payout(payout_id)
    page = Page(
        _("Repasse de %(amount)s") % {"amount": money(found.amount)},
        "workspace",
        [
            Columns(
                [
                    *payout_sums(request, found),
                    *near_of_payout(request, payout_id),
                    _parts(payout_id),
                ],
                [Card([KeyValues(_facts(found))], title=_("Sobre o repasse"))],
                side_label=_("Sobre o repasse"),
            )
        ],
        badge=badge(PAYOUT, found.status),
        breadcrumbs=[
            root(),
            Crumb(_("Repasses"), reverse("workspace:payouts")),
            Crumb(found.external_id),
        ],
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def match_lines(request: Request, payout_id: UUID) -> HttpResponse:
    _payout(payout_id)
    try:
        match_payout(payout_id=payout_id, line_ids=read_subjects(request), at=wall())
    except (ValueError, NoSuchBankLine):
        raise Http404 from None
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Repasse ligado às linhas em que chegou."))
    return HttpResponseRedirect(reverse("workspace:payout", args=[payout_id]))


def _payout(payout_id: UUID) -> PayoutView:
    try:
        return queries.payout(payout_id)
    except NoSuchPayout:
        raise Http404 from None


def _facts(found: PayoutView) -> list[Pair]:
    parts = (
        money(Money(found.parts_cents, found.amount.currency))
        if found.parts_cents is not None
        else _("sem dados")
    )
    return [
        Pair(_("Nome no provedor"), found.external_id, copy=found.external_id),
        Pair(_("Valor"), MoneyText(found.amount)),
        Pair(_("Soma do que o compõe"), parts),
        Pair(_("Enviado"), TimeText(found.made_at)),
        Pair(_("Chega em"), day(found.arrives_on)),
        Pair(_("No extrato"), found.descriptor or _("sem dados")),
        Pair(_("No banco"), _in_bank(found)),
        *rest_of(found.rest_cents, found.amount.currency),
        *([Pair(_("Por que voltou"), found.failure)] if found.failure else []),
    ]


def _parts(payout_id: UUID) -> Table:
    parts = queries.parts_of(payout_id)
    has_platform = any(part.platform.cents for part in parts)
    return Table(
        _("O que o compõe"),
        [
            Column(_("Movimento"), "name"),
            Column(_("Quando")),
            Column(_("Tarifa"), "number"),
            *([Column(_("Da plataforma"), "number")] if has_platform else []),
            Column(_("Líquido"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(MOVEMENTS[part.kind], "", part.reference),
                    TimeText(part.happened_at),
                    MoneyText(part.fee),
                    *([MoneyText(part.platform)] if has_platform else []),
                    MoneyText(part.net),
                ]
            )
            for part in parts
        ],
        empty=EmptyState(
            _("Sem dados"), _("Este repasse não diz de que é feito: alguém o pediu à mão.")
        ),
    )


def _in_bank(one: PayoutView) -> Content:
    """By the first of its lines: undoing that one undoes all."""
    if not one.line_ids:
        return _("Ainda não")
    words = _("Ligado ao extrato")
    if (count := len(one.line_ids)) > 1:
        words = _("Ligado a %(count)s linhas do extrato") % {"count": count}
    return Link(words, reverse("workspace:bank_line", args=[one.line_ids[0]]))


def _url(one: PayoutView) -> str:
    return reverse("workspace:payout", args=[one.id])


urlpatterns = [
    path("conciliacao/repasses/", listing, name="payouts"),
    path("conciliacao/repasses/<uuid:payout_id>/", payout, name="payout"),
    path("conciliacao/repasses/<uuid:payout_id>/ligar/", match_lines, name="payout_lines"),
]
