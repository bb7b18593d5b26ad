"""What the pages of switching are made of."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.switching.types import Balances, DumpCard, DumpStage, Outcome, ReportRow
from alicerce.apps.switching.web.words import FAULTS, OUTCOMES, PLACES, STAGES, remark_words
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day, number
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Section
from alicerce.ui.panels import EmptyState, Note, Stat, StatStrip, Step, Steps
from alicerce.ui.status import badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, MoneyText, Text, TimeText

NOTHING = "–"
ORDER = (DumpStage.READING, DumpStage.EXAMINING, DumpStage.BRINGING)


def url(name: str, *args: object) -> str:
    return reverse(f"workspace:{name}", args=args)


def upload_form(form: BaseForm) -> Card:
    return Card(
        [
            Form(
                "",
                form_fields(form),
                [
                    Button(_("Enviar e conferir"), variant="primary"),
                    LinkButton(_("Voltar"), url("switching"), variant="ghost"),
                ],
                errors=FormErrors(form) if form.errors else "",
                files=True,
            )
        ]
    )


def dumps_table(dumps: Sequence[DumpCard]) -> Table:
    return Table(
        _("Cópias"),
        [
            Column(_("Cópia"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Tirada em")),
            Column(_("Linhas"), "number"),
            Column(_("Novas"), "number"),
            Column(_("Mudadas"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(
                        dump.filename,
                        url("switching_dump", dump.id),
                        TimeText(dump.uploaded_at),
                    ),
                    badge(STAGES, dump.stage),
                    day(dump.taken_on) if dump.taken_on else NOTHING,
                    number(dump.rows),
                    number(dump.created),
                    number(dump.updated),
                ]
            )
            for dump in dumps
        ],
        empty=EmptyState(
            _("Nenhuma cópia ainda"),
            _("Envie uma cópia do banco de dados do WHMCS. Nada é trazido antes de você ver."),
            LinkButton(_("Enviar cópia"), url("switching_new"), variant="primary"),
            icon="upload",
        ),
    )


def progress(dump: DumpCard) -> list[Content]:
    if dump.stage == DumpStage.FAILED:
        return [_failed(dump)]
    return [Steps([_step(dump, stage) for stage in ORDER], _("Andamento"))]


def _step(dump: DumpCard, stage: DumpStage) -> Step:
    titles = {
        DumpStage.READING: _("Ler o arquivo"),
        DumpStage.EXAMINING: _("Conferir cada linha"),
        DumpStage.BRINGING: _("Trazer"),
    }
    if dump.stage == stage:
        said = number(dump.done) + (" / " + number(dump.total) if dump.total else "")
        percent = round(100 * dump.done / dump.total) if dump.total else None
        return Step(titles[stage], "now", aside=said, percent=percent)
    return Step(titles[stage], "done" if _is_behind(dump.stage, stage) else "todo")


def _is_behind(now: DumpStage, stage: DumpStage) -> bool:
    passed = {
        DumpStage.EXAMINING: 1,
        DumpStage.EXAMINED: 2,
        DumpStage.BRINGING: 2,
        DumpStage.BROUGHT: 3,
    }
    return ORDER.index(stage) < passed.get(now, 0)


def _failed(dump: DumpCard) -> Note:
    where = (
        _("No byte %(place)s do conteúdo.") % {"place": number(dump.fault_place)}
        if dump.fault_place
        else ""
    )
    return Note(
        "bad",
        where,
        title=str(FAULTS.get(dump.fault, dump.fault)),
        actions=[LinkButton(_("Enviar outra cópia"), url("switching_new"), variant="primary")],
    )


def counts_table(dump: DumpCard) -> Table:
    return Table(
        _("O que a cópia tem"),
        [
            Column(_("Tabela"), "name"),
            Column(_("Linhas"), "number"),
            Column(_("Vêm"), "number"),
            Column(_("Com aviso"), "number"),
            Column(_("Não vêm"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(PLACES[one.place], "", one.place.value),
                    number(one.total),
                    number(one.ok),
                    number(one.warned),
                    number(one.refused),
                ],
                alert=bool(one.refused),
            )
            for one in dump.counts
        ],
    )


def figures(dump: DumpCard) -> StatStrip:
    return StatStrip(
        [
            Stat(_("Criadas"), number(dump.created), tone="ok" if dump.created else ""),
            Stat(_("Atualizadas"), number(dump.updated)),
            Stat(_("Iguais"), number(dump.same)),
            Stat(_("Deixadas como estão"), number(dump.kept), _("mudadas aqui")),
        ]
    )


def bring_form(dump: DumpCard, form: BaseForm) -> Card:
    lead = _(
        "Serviços de um servidor sem par aqui são só registrados: nada é criado nem mudado em"
        " servidor nenhum. Ninguém recebe e-mail, e nada é cobrado até você passar a cobrança"
        " para cá."
    )
    return Card(
        [
            Form(
                url("switching_bring", dump.id),
                form_fields(form),
                [Button(_("Trazer para cá"), variant="primary", icon="download")],
            )
        ],
        title=_("Servidores"),
        lead=lead,
    )


def cancel_button(dump_id: UUID) -> ConfirmDialog:
    return ConfirmDialog(
        id="cancelar",
        button=Button(_("Cancelar"), variant="ghost"),
        title=_("Cancelar esta importação?"),
        body=[_("O que já veio continua aqui. O arquivo e as linhas lidas são apagados.")],
        confirm=_("Cancelar importação"),
        action=url("switching_cancel", dump_id),
    )


def report_table(rows: Sequence[ReportRow], *, older: str) -> Table:
    return Table(
        _("Linhas com aviso ou recusadas"),
        [
            Column(_("Linha"), "name"),
            Column(_("Resultado"), "status"),
            Column(_("Motivo")),
            Column(_("O que fazer"), "extra"),
        ],
        [_report_row(row) for row in rows],
        empty=EmptyState(
            _("Nada a dizer"), _("Todas as linhas vêm como estão."), icon="circle-check"
        ),
        older=older,
    )


def _report_row(row: ReportRow) -> TableRow:
    words = [remark_words(one.code) for one in row.remarks]
    said = ", ".join(one.said for one in row.remarks if one.said)
    return TableRow(
        [
            Cell(f"{PLACES[row.place]} #{row.source_id}", "", said),
            badge(OUTCOMES, row.outcome),
            " ".join(str(what) for what, _do in words),
            " ".join(str(do) for _what, do in words),
        ],
        alert=row.outcome == Outcome.REFUSED,
    )


def remarks_table(counts: Mapping[str, int]) -> Table:
    return Table(
        _("Por motivo"),
        [
            Column(_("Motivo"), "name"),
            Column(_("O que fazer")),
            Column(_("Linhas"), "number"),
        ],
        [
            TableRow(
                [Cell(str(remark_words(code)[0])), str(remark_words(code)[1]), number(count)]
            )
            for code, count in sorted(counts.items(), key=lambda one: -one[1])
        ],
    )


def balances_table(found: Sequence[Balances]) -> Section:
    rows = [
        TableRow(
            [
                Cell(name),
                Badge("ok", _("Igual")) if there == here else Badge("bad", _("Diferente")),
                MoneyText(Money(there, one.currency)),
                MoneyText(Money(here, one.currency)),
            ]
        )
        for one in found
        for name, there, here in (
            (_("Pago até hoje"), one.paid_there, one.paid_here),
            (_("A receber"), one.owed_there, one.owed_here),
            (_("Crédito dos clientes"), one.held_there, one.held_here),
        )
    ]
    table = Table(
        _("Saldos"),
        [
            Column(_("Soma"), "name"),
            Column(_("Confere"), "status"),
            Column(_("No WHMCS"), "number"),
            Column(_("Aqui"), "number"),
        ],
        rows,
    )
    return Section(_("Os dois livros"), [table])


def lead_text(words: str) -> Text:
    return Text(words, "muted")
