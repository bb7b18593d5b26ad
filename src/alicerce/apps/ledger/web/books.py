"""The books on pages: what is between us and one customer, and all accounts at once."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.customers import public as customers
from alicerce.apps.customers.errors import NoSuchCustomer
from alicerce.apps.ledger.queries.balances import ledger_balance, ledger_imbalance
from alicerce.apps.ledger.queries.books import (
    receivable_difference,
    statement,
    statement_currencies,
    trial_balance,
)
from alicerce.apps.ledger.queries.words import account_words, kind_words
from alicerce.apps.ledger.types import WALLET, StatementLine, TrialLine
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, in_person, requires
from alicerce.kernel.money import Money
from alicerce.kernel.spreadsheets import as_csv
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import money
from alicerce.ui.forms import Filters, FilterText
from alicerce.ui.links import said_day
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, Note, Stat, StatStrip
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import MoneyText, TimeText

READ = "billing:read"
"""Billing's: roles keep keys, so who read the books before reads them still."""
MARK = "\ufeff"
"""By which spreadsheets know that the file is UTF-8."""


def statement_parts(
    request: Request, customer_id: UUID, actions: Callable[[Request, UUID, str], Content]
) -> list[Content]:
    """A part of the customer's page: figures, what may be done, every movement with its balance.

    What may be done in a currency is said by whoever shows it: it is done above the ledger.
    """
    parts: list[Content] = []
    for currency in statement_currencies(customer_id) or ["BRL"]:
        lines = _lines(request, customer_id, currency)
        parts.append(StatStrip(_figures(customer_id, lines, currency)))
        parts += [actions(request, customer_id, currency), _filters(request)]
        parts.append(_movements(lines))
    return parts


def _lines(request: Request, customer_id: UUID, currency: str) -> list[StatementLine]:
    until = said_day(request, "ate")
    return statement(
        customer_id,
        currency=currency,
        since=_beginning(said_day(request, "de")),
        until=_beginning(until + timedelta(days=1)) if until and until < date.max else None,
    )


def _beginning(day: date | None) -> datetime | None:
    """When that day begins where the company is."""
    if day is None:
        return None
    return datetime.combine(day, time(), tzinfo=ZoneInfo(tenancy.tenant_card().time_zone))


def _figures(customer_id: UUID, lines: Sequence[StatementLine], currency: str) -> list[Stat]:
    held = {one.currency: -one for one in ledger_balance(WALLET, customer_id=customer_id)}
    none = Money(0, currency)
    between = lines[-1].balance if lines else none
    return [
        Stat(_("Entre nós"), money(between), _("Acima de zero, o cliente deve")),
        Stat(
            _("Saldo do cliente"),
            money(held.get(currency, none)),
            _("Para as próximas faturas"),
        ),
    ]


def _filters(request: Request) -> Filters:
    said = request.GET
    return Filters(
        request.path,
        texts=[
            FilterText("de", _("De"), said.get("de", ""), kind="date"),
            FilterText("ate", _("Até"), said.get("ate", ""), kind="date"),
        ],
    )


def _movements(lines: Sequence[StatementLine]) -> Table:
    return Table(
        _("Extrato"),
        [
            Column(_("Movimento"), "name"),
            Column(_("Quando")),
            Column(_("Valor"), "number"),
            Column(_("Fica"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(str(kind_words(line.kind)), "", line.about),
                    TimeText(line.at),
                    MoneyText(line.amount),
                    MoneyText(line.balance),
                ]
            )
            for line in lines
        ],
        empty=EmptyState(
            _("Nada se moveu"), _("Faturas e pagamentos aparecem aqui."), icon="receipt"
        ),
    )


@requires("workspace:enter")
@requires("customers:read")
@requires(READ)
@in_person
@require_safe
def statement_file(request: Request, customer_id: UUID) -> HttpResponse:
    try:
        customers.customer_detail(customer_id)
    except NoSuchCustomer:
        raise Http404 from None
    currency = request.GET.get("moeda", "BRL")
    zone = ZoneInfo(tenancy.tenant_card().time_zone)
    head = [_("Quando"), _("Movimento"), _("Sobre"), _("Moeda"), *_sides()]
    rows = [
        [
            line.at.astimezone(zone).isoformat(timespec="seconds"),
            str(kind_words(line.kind)),
            line.about,
            currency,
            *_both(line.amount),
            *_both(line.balance),
        ]
        for line in _lines(request, customer_id, currency)
    ]
    return _file("extrato.csv", [head, *rows])


@requires("workspace:enter")
@requires(READ)
@require_safe
def balance_sheet(request: Request) -> HttpResponse:
    if request.GET.get("formato") == "csv":
        return HttpResponseRedirect(reverse("workspace:trial_balance_csv"))
    lines = trial_balance()
    takes = not getattr(request, "impersonation", None)
    url = reverse("workspace:trial_balance_csv")
    page = Page(
        _("Balancete"),
        "workspace",
        [*_proofs(lines), _accounts(lines)],
        lead=_("Somado agora das linhas do razão, que ninguém muda depois de escritas."),
        actions=[LinkButton(_("Baixar CSV"), url, icon="download")] if takes else [],
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(READ)
@in_person
@require_safe
def balance_sheet_csv(request: Request) -> HttpResponse:
    return _file("balancete.csv", _trial_rows(trial_balance()))


def _proofs(lines: Sequence[TrialLine]) -> list[Content]:
    """What must be zero, shown: by currency the sum of all accounts, and what invoices say is owed."""
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.currency] = sums.get(line.currency, 0) + line.balance.cents
    owed = receivable_difference()
    stats = [
        Stat(
            _("Soma de tudo em %(currency)s") % {"currency": currency},
            money(Money(cents, currency)),
            _("Tem de ser zero"),
            "ok" if not cents else "bad",
        )
        for currency, cents in sorted(sums.items())
    ]
    parts: list[Content] = [StatStrip(stats[:4])] if stats else []
    if owed or ledger_imbalance():
        told = " · ".join(money(Money(cents, name)) for name, cents in sorted(owed.items()))
        words = _("O razão e as faturas não dizem o mesmo do que há a receber: %(told)s")
        return [*parts, Note("bad", words % {"told": told})]
    return [*parts, Note("ok", _("O razão e as faturas dizem o mesmo do que há a receber."))]


def _accounts(lines: Sequence[TrialLine]) -> Table:
    return Table(
        _("Contas"),
        [
            Column(_("Conta"), "name"),
            Column(_("Débitos"), "number"),
            Column(_("Créditos"), "number"),
            Column(_("Saldo"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(str(account_words(line.account)), "", line.account),
                    MoneyText(Money(line.debits, line.currency)),
                    MoneyText(Money(line.credits, line.currency)),
                    MoneyText(line.balance),
                ]
            )
            for line in lines
        ],
        empty=EmptyState(_("O razão está vazio"), _("A primeira fatura o começa.")),
    )


def _trial_rows(lines: Sequence[TrialLine]) -> list[list[str]]:
    head = [_("Conta"), _("Moeda"), *_sides()]
    return [
        head,
        *(
            [
                line.account,
                line.currency,
                _decimal(line.debits),
                _decimal(line.credits),
                *_both(line.balance),
            ]
            for line in lines
        ),
    ]


def _sides() -> list[str]:
    """A column for each side: spreadsheets take what begins with a minus for a formula."""
    return [_("Débitos"), _("Créditos"), _("Saldo devedor"), _("Saldo credor")]


def _both(amount: Money) -> tuple[str, str]:
    return _decimal(max(amount.cents, 0)), _decimal(max(-amount.cents, 0))


def _decimal(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}"


def _file(name: str, rows: Sequence[Sequence[str]]) -> HttpResponse:
    response = HttpResponse(
        MARK + as_csv(rows, delimiter=";"), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


urlpatterns = [
    path(
        "clientes/<uuid:customer_id>/extrato.csv",
        statement_file,
        name="customer_statement_file",
    ),
    path("financeiro/balancete/", balance_sheet, name="trial_balance"),
    path("financeiro/balancete.csv", balance_sheet_csv, name="trial_balance_csv"),
]
