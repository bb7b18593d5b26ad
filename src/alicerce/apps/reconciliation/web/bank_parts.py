"""What a line of the bank may be, on its page; and the statements that were sent."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.customers import public as customers
from alicerce.apps.reconciliation import permissions
from alicerce.apps.reconciliation.queries.counterparts import suggestions
from alicerce.apps.reconciliation.rules.matching import SURE, digits_in
from alicerce.apps.reconciliation.types import (
    BankAccountView,
    Counterpart,
    LineView,
    MatchKind,
    StatementState,
    StatementView,
)
from alicerce.apps.reconciliation.web.near_parts import near_of_line, rest_of
from alicerce.apps.reconciliation.web.sum_parts import line_sums, matched_parts
from alicerce.apps.reconciliation.web.words import MATCHES, WHY
from alicerce.kernel.access import Request
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day, number
from alicerce.ui.layout import Card, Section
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, MoneyText, TimeText

MOST_INVOICES = 10


def line_parts(request: Request, line: LineView) -> tuple[list[Content], list[Content]]:
    side: list[Content] = [Card([KeyValues(_facts(line))], title=_("Sobre a linha"))]
    if line.match:
        return [_matched(request, line), *matched_parts(line)], side
    main: list[Content] = [
        _suggested(request, line),
        *near_of_line(request, line),
        *line_sums(request, line),
    ]
    if line.amount.cents > 0:
        main.append(_invoices(request, line))
    return main, side


def _facts(line: LineView) -> list[Pair]:
    return [
        Pair(_("Dia"), day(line.posted_on)),
        Pair(_("Valor"), MoneyText(line.amount)),
        Pair(_("Histórico"), line.memo or _("sem dados")),
        Pair(_("Documento"), line.document or _("sem dados")),
        Pair(_("Código"), line.code, copy=line.code),
    ]


def _matched(request: Request, line: LineView) -> Content:
    assert line.match
    assert line.matched_at
    body: list[Content] = [
        KeyValues(
            [
                Pair(_("O que é"), MATCHES[line.match]),
                Pair(_("Desde"), TimeText(line.matched_at)),
                *rest_of(line.match_rest_cents, line.amount.currency),
            ]
        )
    ]
    if line.match == MatchKind.PAYOUT:
        there = reverse("workspace:payout", args=[line.match_subject])
        body.append(LinkButton(_("Abrir o repasse"), there))
    if permissions.MANAGE in request.permissions:
        body.append(
            ConfirmDialog(
                id="desfazer",
                button=Button(_("Desfazer a ligação")),
                title=_("Desfazer a ligação?"),
                body=[_("O que ela lançou no razão é desfeito por um lançamento contrário.")],
                confirm=_("Desfazer"),
                action=reverse("workspace:bank_line_undo", args=[line.id]),
            )
        )
    return Card(body, title=_("Ligada"))


def _suggested(request: Request, line: LineView) -> Content:
    may = permissions.MANAGE in request.permissions
    return Section(
        _("O que ela pode ser"),
        [
            Table(
                _("Sugestões"),
                [
                    Column(_("O que"), "name"),
                    Column(_("Dia")),
                    Column(_("Valor"), "number"),
                    Column(_("Por quê"), "status"),
                    *([Column(_("Ação"), "actions")] if may else []),
                ],
                [_suggestion(line, one, may=may) for one in suggestions(line)],
                empty=EmptyState(
                    _("Nada com este mesmo valor por perto"),
                    _("Nem repasse, nem pagamento, nem devolução que outra linha já não seja."),
                ),
            )
        ],
    )


def _suggestion(line: LineView, one: Counterpart, *, may: bool) -> TableRow:
    why = ", ".join(str(WHY[reason]) for reason in one.why)
    cells: list[Content] = [
        Cell(MATCHES[one.kind], "", one.subject_name),
        day(one.on),
        MoneyText(one.amount),
        Badge("ok" if one.score >= SURE else "info", why),
    ]
    if may:
        action = reverse("workspace:bank_line_match", args=[line.id])
        said = {"kind": one.kind.value, "subject": one.subject}
        cells.append(PostButton(Button(_("É esta"), size="sm"), action, said))
    return TableRow(cells)


def _invoices(request: Request, line: LineView) -> Content:
    """Open invoices that ask for this very amount: by whom the line names first."""
    may = "billing:settle" in request.permissions
    if not {"billing:read", "customers:read"} <= request.permissions:
        return Note("info", _("Quem vê faturas pode registrar com esta linha um pagamento."))
    found = billing.invoices_asking(line.amount, limit=MOST_INVOICES)
    known = customers.customers_by_id({one.customer_id for one in found})
    named = digits_in(line.memo, line.document)
    who = {key: str(row["name"]) for key, row in known.items()}
    told = {key for key, row in known.items() if row.get("document") in named}
    ordered = sorted(found, key=lambda one: one.customer_id not in told)
    return Section(
        _("Faturas em aberto deste valor"),
        [
            Table(
                _("Faturas"),
                [
                    Column(_("Fatura"), "name"),
                    Column(_("Vencimento")),
                    Column(_("Falta"), "number"),
                    Column(_("Por quê"), "status"),
                    *([Column(_("Ação"), "actions")] if may else []),
                ],
                [
                    _invoice(line, one, who.get(one.customer_id, ""), told, may=may)
                    for one in ordered
                ],
                empty=EmptyState(
                    _("Nenhuma fatura pede este valor"),
                    _(
                        "Para outro valor, abra a fatura e registre o pagamento com o código da linha."
                    ),
                ),
            )
        ],
        _for_nobody(request, line) if may else "",
    )


def _for_nobody(request: Request, line: LineView) -> Content:
    """What is a customer's and no invoice asks for: into suspense, and from there to whoever it is."""
    if permissions.MANAGE not in request.permissions:
        return ""
    return ConfirmDialog(
        id="sem-dono",
        button=Button(_("É de um cliente"), size="sm"),
        title=_("Registrar como pagamento sem dono?"),
        body=[
            _(
                "A linha vira um pagamento por transferência que ainda não é de ninguém. A seguir você diz "
                "de que cliente ou fatura ele é; até lá ele fica em análise, e pode ser devolvido."
            )
        ],
        confirm=_("Registrar"),
        action=reverse("workspace:bank_line_nobody", args=[line.id]),
    )


def _invoice(
    line: LineView, one: InvoiceSummary, name: str, told: set[UUID], *, may: bool
) -> TableRow:
    why = _("a linha diz o documento") if one.customer_id in told else _("o mesmo valor")
    url = reverse("workspace:invoice", args=[one.id])
    cells: list[Content] = [
        Cell(one.code, url, name),
        day(one.due_on),
        MoneyText(one.remaining),
        Badge("ok" if one.customer_id in told else "info", why),
    ]
    if may:
        cells.append(LinkButton(_("Registrar pagamento"), _record(line, one), size="sm"))
    return TableRow(cells)


def _record(line: LineView, one: InvoiceSummary) -> str:
    """The form of a payment by hand with what the line says; the code ties both together."""
    there = reverse("workspace:invoice_payment_record", args=[one.id])
    said = {
        "reference": line.code,
        "received_on": line.posted_on.isoformat(),
        "proof": _("Extrato do banco, linha %(code)s") % {"code": line.code},
    }
    return f"{there}?{urlencode(said)}"


def statements_table(
    found: Sequence[StatementView], accounts: Sequence[BankAccountView]
) -> list[Content]:
    if not found:
        return []
    names = {one.id: one.name for one in accounts}
    table = Table(
        _("Últimos extratos"),
        [
            Column(_("Arquivo"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Linhas novas"), "number"),
            Column(_("Repetidas"), "number"),
            Column(_("Com erro"), "number"),
            Column(_("Enviado")),
        ],
        [_statement(one, names.get(one.bank_account_id, "")) for one in found],
    )
    return [Section(_("Últimos extratos"), [table])]


def _statement(one: StatementView, account: str) -> TableRow:
    url = reverse("workspace:bank_statement", args=[one.id])
    waits = one.state == StatementState.WAITING
    return TableRow(
        [
            Cell(one.filename or "–", url, account),
            Badge("warn", _("Faltam as colunas")) if waits else Badge("ok", _("Lido")),
            number(one.added),
            number(one.repeated),
            number(len(one.faults)),
            TimeText(one.uploaded_at),
        ]
    )
