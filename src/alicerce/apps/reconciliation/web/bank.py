"""The lines of the company's bank: the list, and one with what it may be."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.reconciliation import permissions
from alicerce.apps.reconciliation.errors import NoSuchBankLine
from alicerce.apps.reconciliation.queries import bank as queries
from alicerce.apps.reconciliation.services.match_lines import (
    confirm_match,
    confirm_sure,
    undo_match,
)
from alicerce.apps.reconciliation.services.match_rest import match_with_rest
from alicerce.apps.reconciliation.services.match_sums import match_parts
from alicerce.apps.reconciliation.services.take_for_nobody import take_for_nobody
from alicerce.apps.reconciliation.types import BankAccountView, LineView, MatchKind
from alicerce.apps.reconciliation.web import bank_parts as parts
from alicerce.apps.reconciliation.web.components import root, tabs
from alicerce.apps.reconciliation.web.sum_parts import read_subjects
from alicerce.apps.reconciliation.web.words import MATCHES
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import wall
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day, money
from alicerce.ui.forms import Filters, FilterSelect
from alicerce.ui.layout import Columns, Crumb
from alicerce.ui.links import here, said_id, said_words
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, MoneyText

OPEN = "abertas"


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def listing(request: Request) -> HttpResponse:
    accounts = queries.bank_accounts()
    page = Page(
        _("Banco"),
        "workspace",
        [
            tabs("bank"),
            _filters(request, accounts),
            _table(request, accounts),
            *parts.statements_table(queries.statements(), accounts),
        ],
        lead=_("O extrato, linha por linha, e o que cada uma é."),
        breadcrumbs=[root(), Crumb(_("Banco"))],
        actions=_actions(request, accounts),
    )
    return render_page(request, page)


def _filters(request: Request, accounts: Sequence[BankAccountView]) -> Filters:
    said = request.GET
    places = [("", _("Todas")), *((str(one.id), one.name) for one in accounts)]
    return Filters(
        request.path,
        search=said.get("q", ""),
        search_label=_("Procurar no histórico"),
        selects=[
            FilterSelect("conta", _("Conta"), places, said.get("conta", "")),
            FilterSelect(
                "quais",
                _("Linhas"),
                [("", _("Todas")), (OPEN, _("Só as que ninguém ligou"))],
                said.get("quais", ""),
            ),
        ],
    )


def _table(request: Request, accounts: Sequence[BankAccountView]) -> Table:
    after = request.GET.get("depois", "")
    wanted = queries.WantedLines(
        bank_account_id=said_id(request, "conta"),
        only_open=request.GET.get("quais") == OPEN,
        words=said_words(request, "q"),
    )
    found = queries.lines(wanted, after=after)
    names = {one.id: one.name for one in accounts}
    return Table(
        _("Extrato"),
        [
            Column(_("Linha"), "name"),
            Column(_("Dia")),
            Column(_("Valor"), "number"),
            Column(_("O que é"), "status"),
        ],
        [
            TableRow(
                [
                    Cell(
                        one.memo or one.code,
                        reverse("workspace:bank_line", args=[one.id]),
                        names.get(one.bank_account_id, ""),
                    ),
                    day(one.posted_on),
                    MoneyText(one.amount),
                    _what(one),
                ]
            )
            for one in found.lines
        ],
        empty=EmptyState(
            _("Nenhuma linha"),
            _("Envie o extrato do banco em OFX ou CSV para ver se o dinheiro chegou."),
            icon="upload",
        ),
        newer=here(request, depois="") if after else "",
        older=here(request, depois=found.next_before) if found.next_before else "",
    )


def _what(one: LineView) -> Badge:
    if one.match is None:
        return Badge("warn" if one.amount.cents > 0 else "", _("Não ligada"))
    return Badge("ok", MATCHES[one.match])


def _actions(request: Request, accounts: Sequence[BankAccountView]) -> list[Content]:
    if permissions.MANAGE not in request.permissions:
        return []
    new = LinkButton(_("Nova conta"), reverse("workspace:bank_account_new"))
    if not accounts:
        return [new]
    upload = LinkButton(
        _("Enviar extrato"),
        reverse("workspace:bank_statement_new"),
        icon="upload",
        variant="primary",
    )
    certain = PostButton(Button(_("Ligar as certas")), reverse("workspace:bank_match_sure"))
    return [new, certain, upload]


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def line(request: Request, line_id: UUID) -> HttpResponse:
    try:
        found = queries.line(line_id)
    except NoSuchBankLine:
        raise Http404 from None
    main, side = parts.line_parts(request, found)
    page = Page(
        found.memo or found.code,
        "workspace",
        [Columns(main, side, side_label=_("Sobre a linha"))],
        lead=f"{day(found.posted_on)} · {money(found.amount)}",
        badge=_what(found),
        breadcrumbs=[
            root(),
            Crumb(_("Banco"), reverse("workspace:bank")),
            Crumb(found.code),
        ],
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def match(request: Request, line_id: UUID) -> HttpResponse:
    kind = request.POST.get("kind", "")
    if kind not in set(MatchKind):
        raise Http404
    subject = request.POST.get("subject", "")

    def act() -> None:
        confirm_match(line_id=line_id, kind=MatchKind(kind), subject=subject, at=wall())

    return _do(request, line_id, act, _("Linha ligada."))


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def match_sum(request: Request, line_id: UUID) -> HttpResponse:
    try:
        subjects = read_subjects(request)
    except ValueError:
        raise Http404 from None
    return _do(
        request,
        line_id,
        lambda: match_parts(line_id=line_id, subjects=subjects, at=wall()),
        _("Linha ligada a tudo de que é a soma."),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def match_rest(request: Request, line_id: UUID) -> HttpResponse:
    """The payout of another amount, by the lines and the gap that the page showed."""
    try:
        payout_id, gap = UUID(request.POST.get("payout", "")), int(request.POST.get("gap", ""))
        lines = [line_id, *read_subjects(request)]
    except ValueError:
        raise Http404 from None
    return _do(
        request,
        line_id,
        lambda: match_with_rest(line_ids=lines, payout_id=payout_id, gap_cents=gap, at=wall()),
        _("Ligado ao repasse; o resto está no razão como tarifa do banco."),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@requires("billing:settle")
@require_POST
def for_nobody(request: Request, line_id: UUID) -> HttpResponse:
    """On to whose it is: that asks for a proof and a second look."""
    try:
        payment_id = take_for_nobody(line_id=line_id, at=wall())
    except NoSuchBankLine:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("workspace:bank_line", args=[line_id]))
    messages.success(request, _("Pagamento registrado, ainda sem dono. Diga de quem ele é."))
    return HttpResponseRedirect(reverse("workspace:payment_give", args=[payment_id]))


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def undo(request: Request, line_id: UUID) -> HttpResponse:
    return _do(
        request,
        line_id,
        lambda: undo_match(line_id=line_id, at=wall()),
        _("Ligação desfeita: o razão voltou ao que era."),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def match_sure(request: Request) -> HttpResponse:
    number = confirm_sure(at=wall())
    messages.success(request, _("Linhas ligadas: %(number)s") % {"number": number})
    return HttpResponseRedirect(reverse("workspace:bank"))


def _do(
    request: Request, line_id: UUID, act: Callable[[], object], told: str
) -> HttpResponseRedirect:
    try:
        act()
    except NoSuchBankLine:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return HttpResponseRedirect(reverse("workspace:bank_line", args=[line_id]))


urlpatterns = [
    path("conciliacao/banco/", listing, name="bank"),
    path("conciliacao/banco/certas/", match_sure, name="bank_match_sure"),
    path("conciliacao/banco/linhas/<uuid:line_id>/", line, name="bank_line"),
    path("conciliacao/banco/linhas/<uuid:line_id>/ligar/", match, name="bank_line_match"),
    path("conciliacao/banco/linhas/<uuid:line_id>/somar/", match_sum, name="bank_line_sum"),
    path("conciliacao/banco/linhas/<uuid:line_id>/resto/", match_rest, name="bank_line_rest"),
    path(
        "conciliacao/banco/linhas/<uuid:line_id>/sem-dono/",
        for_nobody,
        name="bank_line_nobody",
    ),
    path("conciliacao/banco/linhas/<uuid:line_id>/desfazer/", undo, name="bank_line_undo"),
]
