"""What the pages about Pix Automático are made of."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.collecting.queries.debit_words import limit_sentence, why_sentence
from alicerce.apps.collecting.rules.banks import bank_name
from alicerce.apps.collecting.rules.debiting import BRASILIA
from alicerce.apps.collecting.types import (
    AppStep,
    DebitReason,
    DebitStatus,
    DebitView,
    EndedBy,
    Journey,
    MandateStatus,
    MandateView,
)
from alicerce.kernel.money import Money
from alicerce.ui.component import Content
from alicerce.ui.copying import CopyBox, QrBox
from alicerce.ui.formats import day, moment_in
from alicerce.ui.panels import EmptyState, Instructions, Waiting
from alicerce.ui.status import Status
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Amount, Text, TimeText

NOTHING = "–"
STATUSES: Mapping[MandateStatus, Status] = {
    MandateStatus.ASKED: Status("info", gettext_lazy("Preparando"), live=True),
    MandateStatus.OPEN: Status("info", gettext_lazy("Aguardando o banco"), live=True),
    MandateStatus.APPROVED: Status("ok", gettext_lazy("Autorizado")),
    MandateStatus.REJECTED: Status("bad", gettext_lazy("Recusado")),
    MandateStatus.EXPIRED: Status("", gettext_lazy("Prazo acabou")),
    MandateStatus.ENDED: Status("", gettext_lazy("Encerrado")),
    MandateStatus.FAILED: Status("bad", gettext_lazy("Não aceito")),
}
DEBITS: Mapping[DebitStatus, Status] = {
    DebitStatus.PLANNED: Status("", gettext_lazy("Planejado")),
    DebitStatus.SCHEDULED: Status("info", gettext_lazy("Marcado"), live=True),
    DebitStatus.PAID: Status("ok", gettext_lazy("Pago")),
    DebitStatus.FAILED: Status("bad", gettext_lazy("Não debitado")),
    DebitStatus.DROPPED: Status("", gettext_lazy("Não foi preciso")),
}
ENDED_BY: Mapping[str, Promise] = {
    EndedBy.CUSTOMER: gettext_lazy("Pelo cliente"),
    EndedBy.COMPANY: gettext_lazy("Pela empresa"),
    EndedBy.BANK: gettext_lazy("Pelo banco"),
}
Actions = Callable[[MandateView], Content]


def consent(company: str) -> str:
    words = _(
        "Ao autorizar no seu banco, %(company)s pode debitar as suas faturas no vencimento, até o "
        "valor que você disser, no máximo uma por mês. Você encerra quando quiser, aqui ou no banco."
    )
    return words % {"company": company}


def waiting_parts(mandate: MandateView, *, amount: Money | None) -> list[Content]:
    """The code, and what reading it does; or where a bank shows what to answer."""
    if mandate.is_in_app:
        return _in_app_parts(mandate)
    if not mandate.code:
        return [Waiting(_("Preparando o código…"))]
    does = {
        Journey.PAYING: _("Pagar este código paga a fatura e autoriza os próximos débitos."),
        Journey.OFFERED: _(
            "Este código paga a fatura; em seguida o seu banco pergunta se autoriza os próximos."
        ),
        Journey.ALONE: _("Ler este código só autoriza: nada é pago agora."),
    }
    return [
        *([Amount(amount, label=_("Total a pagar"))] if amount else []),
        Text(does[mandate.journey]),
        Text(limit_sentence(mandate)),
        CopyBox(mandate.code, _("Copiar código Pix")),
        QrBox(mandate.code, _("QR code do Pix")),
        Waiting(_("Assim que o banco confirmar, esta página segue sozinha.")),
        Instructions(
            [
                _("Abra o aplicativo do seu banco e escolha Pix."),
                _("Aponte a câmera para o QR code ou cole o código."),
                _("Confira a empresa e os valores, e autorize."),
            ]
        ),
    ]


def _in_app_parts(mandate: MandateView) -> list[Content]:
    bank = bank_name(mandate.bank)
    if mandate.status == MandateStatus.ASKED:
        return [Waiting(_("Enviando o pedido ao seu banco…"))]
    steps = {
        AppStep.SENT: _("O pedido foi enviado e está a caminho do banco."),
        AppStep.RECEIVED: _("O banco recebeu o pedido e o mostra no aplicativo."),
        AppStep.ACCEPTED: _("Você aceitou no banco. Falta ele confirmar a autorização."),
    }
    parts: list[Content] = [
        Text(steps[AppStep(mandate.step)]),
        Text(limit_sentence(mandate)),
        Waiting(_("Assim que o banco confirmar, esta página segue sozinha.")),
    ]
    if mandate.step == AppStep.ACCEPTED or mandate.answer_until is None:
        return parts
    until = _("Responda até %(until)s. Nada é pago agora.")
    return [
        *parts,
        Text(until % {"until": moment_in(BRASILIA, mandate.answer_until)}),
        Instructions(
            [
                _("Abra o aplicativo do banco: %(bank)s.") % {"bank": bank},
                _("Procure Pix Automático e escolha o pedido que espera resposta."),
                _("Confira a empresa e os valores, e autorize."),
            ]
        ),
    ]


def over_sentence(mandate: MandateView) -> str:
    """Why an authorisation is not there, and what can be done."""
    words = {
        MandateStatus.REJECTED: _("O pedido foi recusado no banco. Você pode pedir de novo."),
        MandateStatus.EXPIRED: _(
            "O prazo acabou sem resposta no banco. Você pode pedir outra."
        ),
        MandateStatus.FAILED: _(
            "O pedido não foi aceito. Confira banco, agência e conta, e peça de novo."
        ),
    }
    other = _("Esta autorização não está de pé. Você pode pedir outra.")
    return words.get(mandate.status, other)


def mandates_table(
    mandates: Sequence[MandateView], *, empty: Content, actions: Actions | None = None
) -> Table:
    columns = [
        Column(_("Autorização"), "name"),
        Column(_("Estado"), "status"),
        Column(_("Desde")),
        Column(_("Fim")),
    ]
    if actions:
        columns.append(Column(_("Ações"), "actions"))
    return Table(
        _("Autorizações de Pix Automático"),
        columns,
        [_mandate_row(each, actions) for each in mandates],
        empty=empty,
    )


def _mandate_row(mandate: MandateView, actions: Actions | None) -> TableRow:
    cells: list[Content] = [
        Cell(_("Pix Automático"), "", _about(mandate)),
        STATUSES[mandate.status].badge,
        TimeText(mandate.approved_at or mandate.asked_at),
        str(ENDED_BY.get(mandate.ended_by, NOTHING)) if mandate.ended_at else NOTHING,
    ]
    return TableRow([*cells, actions(mandate)] if actions else cells)


def _about(mandate: MandateView) -> str:
    """Of one that a bank shows also where, and until when it may be answered."""
    limit = limit_sentence(mandate)
    if not mandate.is_in_app or not mandate.is_pending or mandate.answer_until is None:
        return limit
    shown = _("%(limit)s No aplicativo: %(bank)s, até %(until)s.")
    until = moment_in(BRASILIA, mandate.answer_until)
    return shown % {"limit": limit, "bank": bank_name(mandate.bank), "until": until}


def debits_table(
    debits: Sequence[DebitView],
    invoices: Mapping[UUID, InvoiceSummary],
    *,
    url_of: Callable[[InvoiceSummary], str],
) -> Table:
    return Table(
        _("Débitos"),
        [
            Column(_("Fatura"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Dia")),
            Column(_("Tentativas"), "number"),
            Column(_("Por quê")),
        ],
        [
            _debit_row(each, invoices[each.invoice_id], url_of)
            for each in debits
            if each.invoice_id in invoices
        ],
        empty=EmptyState(
            _("Nenhum débito ainda"),
            _("Cada fatura que o banco debita aparece aqui."),
            icon="refresh-cw",
        ),
    )


def _reason(debit: DebitView) -> str:
    return DebitReason.UNANSWERED if debit.unanswered_at else debit.reason


def _debit_row(
    debit: DebitView, invoice: InvoiceSummary, url_of: Callable[[InvoiceSummary], str]
) -> TableRow:
    number = _("Fatura nº %(number)s") % {"number": invoice.code}
    is_told = debit.reason and debit.status in {DebitStatus.FAILED, DebitStatus.SCHEDULED}
    return TableRow(
        [
            Cell(number, url_of(invoice)),
            DEBITS[debit.status].badge,
            day(debit.on),
            str(debit.tries),
            why_sentence(_reason(debit)) if is_told or debit.unanswered_at else NOTHING,
        ]
    )
