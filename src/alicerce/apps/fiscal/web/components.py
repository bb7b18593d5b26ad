"""What the pages of tax documents are made of."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing import public as billing
from alicerce.apps.fiscal import permissions
from alicerce.apps.fiscal.queries.documents import document_of
from alicerce.apps.fiscal.types import DocumentCard, FiscalStatus, TaskCard
from alicerce.apps.fiscal.web.words import FLAWS, STATUS
from alicerce.kernel.access import Request
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content, Words
from alicerce.ui.layout import Card, View, Views
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.status import badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Link, MoneyText, TimeText

FISCAL_PAGES = ("fiscal_documents", "fiscal_tasks", "fiscal_issuer")


def views(request: Request, current: str) -> Views:
    words = {
        "fiscal_documents": _("Notas"),
        "fiscal_tasks": _("Pendências"),
        "fiscal_issuer": _("Emissor"),
    }
    may_manage = permissions.MANAGE in request.permissions
    return Views(
        [
            View(words[name], reverse(f"workspace:{name}"), current=name == current)
            for name in FISCAL_PAGES
            if may_manage or name != "fiscal_issuer"
        ],
        _("Partes das notas fiscais"),
    )


def document_url(document_id: UUID, name: str = "fiscal_document") -> str:
    return reverse(f"workspace:{name}", args=[document_id])


def document_name(document: DocumentCard) -> str:
    if document.note_number:
        return _("NFS-e nº %(number)s") % {"number": document.note_number}
    return _("DPS %(series)s/%(number)s") % {
        "series": document.series,
        "number": document.number,
    }


def documents_table(found: Sequence[DocumentCard], *, newer: str, older: str) -> Table:
    codes = billing.summaries_by_id([one.invoice_id for one in found])
    return Table(
        _("Notas fiscais"),
        [
            Column(_("Nota"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Fatura")),
            Column(_("Pedida")),
            Column(_("Valor"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(document_name(one), document_url(one.id), why(one)),
                    badge(STATUS, one.status),
                    codes[one.invoice_id].code,
                    TimeText(one.queued_at),
                    MoneyText(one.amount),
                ]
            )
            for one in found
        ],
        empty=EmptyState(
            _("Nenhuma nota"),
            _("Elas nascem da fatura, na emissão ou no pagamento, ou na página da fatura."),
            icon="file-text",
        ),
        newer=newer,
        older=older,
    )


def why(document: DocumentCard) -> str:
    """What keeps it where it is, in words; empty when nothing does."""
    if not document.code:
        return ""
    said: Words = FLAWS.get(document.code, "")
    return str(said) or f"{document.code} {document.reason}".strip()


def facts(document: DocumentCard, invoice_code: str) -> Card:
    pairs = [
        Pair(
            _("Fatura"),
            Link(invoice_code, reverse("workspace:invoice", args=[document.invoice_id])),
        ),
        Pair(_("Valor do serviço"), MoneyText(document.amount)),
        Pair(_("Série e número da DPS"), f"{document.series} / {document.number}"),
        Pair(_("Identificador da DPS"), document.dps_id),
        Pair(_("Pedida"), TimeText(document.queued_at)),
    ]
    if document.sent_at:
        pairs.append(Pair(_("Enviada"), TimeText(document.sent_at)))
    if document.access_key:
        pairs.append(Pair(_("Chave de acesso"), Link(document.access_key, document.url)))
    if document.authorized_at:
        pairs.append(Pair(_("Autorizada"), TimeText(document.authorized_at)))
    if document.ended_at:
        pairs.append(Pair(_("Encerrada"), TimeText(document.ended_at)))
    if document.cancel_reason:
        pairs.append(Pair(_("Motivo do cancelamento"), document.cancel_reason))
    if document.replaces_id:
        url = document_url(document.replaces_id)
        pairs.append(Pair(_("Substitui"), Link(_("A nota anterior"), url)))
    return Card([KeyValues(pairs)], title=_("Sobre a nota"))


def notes(document: DocumentCard) -> list[Content]:
    """What a person should know first."""
    if document.status == FiscalStatus.REJECTED:
        return [Note("bad", why(document), title=_("A nota foi recusada"))]
    if document.status == FiscalStatus.AUTHORIZED and document.code:
        return [Note("warn", why(document), title=_("O cancelamento foi recusado"))]
    if document.status == FiscalStatus.SENT and document.reason:
        told = _("Ninguém sabe ainda se a nota saiu. Perguntamos antes de repetir.")
        return [Note("info", told)]
    return []


def actions(document: DocumentCard) -> list[Content]:
    """What may be done to it, the likeliest first."""
    if document.status == FiscalStatus.REJECTED:
        url = document_url(document.id, "fiscal_document_retry")
        return [PostButton(Button(_("Enviar de novo"), variant="primary"), url)]
    if document.status != FiscalStatus.AUTHORIZED:
        return []
    return [
        LinkButton(_("Cancelar nota"), document_url(document.id, "fiscal_document_cancel")),
        LinkButton(_("Substituir"), document_url(document.id, "fiscal_document_substitute")),
    ]


def xml_button(document: DocumentCard) -> list[Content]:
    if not (document.has_note_xml or document.has_sent_xml):
        return []
    return [LinkButton(_("Baixar XML"), document_url(document.id, "fiscal_document_xml"))]


def tasks_table(found: Sequence[TaskCard], *, may_manage: bool) -> Table:
    codes = billing.summaries_by_id([one.invoice_id for one in found])
    return Table(
        _("Pendências"),
        [
            Column(_("Fatura"), "name"),
            Column(_("Nota de crédito"), "number"),
            Column(_("Desde")),
            *([Column(_("Ações"), "actions")] if may_manage else []),
        ],
        [
            TableRow(
                [
                    Cell(
                        codes[one.invoice_id].code,
                        document_url(one.document_id),
                        _("Cancelar a nota, substituir, ou deixar como está"),
                    ),
                    MoneyText(one.amount),
                    TimeText(one.opened_at),
                    *([_dismiss(one)] if may_manage else []),
                ]
            )
            for one in found
        ],
        empty=EmptyState(
            _("Nenhuma pendência"),
            _("Uma nota de crédito ou devolução de fatura com nota aparece aqui."),
            icon="check",
        ),
    )


def _dismiss(task: TaskCard) -> Content:
    url = reverse("workspace:fiscal_task_dismiss", args=[task.id])
    return LinkButton(_("Deixar como está"), url, size="sm")


def fiscal_card(request: Request, invoice_id: UUID) -> list[Content]:
    """On the page of an invoice: its note, or the way to one."""
    if permissions.READ not in request.permissions:
        return []
    found = document_of(invoice_id)
    shown: list[Content] = []
    if found:
        link = Link(document_name(found), document_url(found.id))
        shown.append(
            KeyValues([Pair(_("Nota"), link), Pair(_("Estado"), badge(STATUS, found.status))])
        )
    may_ask = found is None or found.status == FiscalStatus.CANCELLED
    if may_ask and permissions.MANAGE in request.permissions:
        url = reverse("workspace:invoice_document", args=[invoice_id])
        shown.append(PostButton(Button(_("Emitir nota fiscal"), size="sm"), url))
    return [Card(shown, title=_("Nota fiscal"))] if shown else []
