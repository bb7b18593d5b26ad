"""What the pages of files of customers are made of."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.customers.queries.exchange import Checked
from alicerce.apps.customers.types import (
    Exchange,
    ExportCard,
    ImportCard,
    Preview,
    RowFault,
)
from alicerce.apps.customers.web.forms import ColumnFields, UploadFields
from alicerce.apps.customers.web.words import FAULTS, FIELDS
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import number
from alicerce.ui.forms import Form, FormErrors, form_field, form_fields
from alicerce.ui.layout import Card, Section
from alicerce.ui.live import LiveRegion
from alicerce.ui.panels import Done, Note, Stat, StatStrip, Step, Steps, Waiting
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Text

WATCH, SETTLED = 2, 0
OVER = {Exchange.DONE, Exchange.CANCELED, Exchange.FAILED}


def upload_card(form: UploadFields) -> Card:
    return Card(
        [
            Form(
                "",
                form_fields(form),
                [
                    Button(_("Enviar arquivo"), variant="primary"),
                    LinkButton(_("Voltar"), reverse("workspace:customers"), variant="ghost"),
                ],
                errors=FormErrors(form) if form.errors else "",
                files=True,
            )
        ]
    )


def mapping(
    form: ColumnFields, seen: Preview, checked: Checked | None, *, cancel: str
) -> list[Content]:
    card = Card(
        [
            Form(
                "",
                [form_field(bound, span=3) for bound in form],
                [
                    Button(_("Começar a importação"), variant="primary"),
                    Button(_("Conferir de novo"), name="conferir", value="1"),
                ],
                errors=FormErrors(form) if form.errors else "",
            )
        ],
        title=_("Colunas"),
        aside=PostButton(Button(_("Cancelar importação"), variant="ghost", size="sm"), cancel),
    )
    return [
        card,
        *_check(checked),
        Section(_("As primeiras linhas"), [_beginning(seen)]),
    ]


def _check(checked: Checked | None) -> list[Content]:
    """What would become of the first lines; nothing was done yet."""
    if checked is None:
        return [Note("info", _("Diga onde estão o nome e o e-mail para conferir as linhas."))]
    lead = _("As primeiras %(lines)s de %(total)s linhas, com estas colunas.") % {
        "lines": number(checked.lines),
        "total": number(checked.total),
    }
    strip = StatStrip(
        [
            Stat(_("Seriam criados"), number(checked.ready), tone="ok"),
            Stat(_("Já são clientes"), number(checked.known)),
            Stat(_("Com erro"), number(checked.wrong), tone="bad" if checked.wrong else ""),
        ]
    )
    parts: list[Content] = [Text(lead, "muted"), strip]
    if checked.faults:
        parts.append(_faults(checked.faults))
    return [Section(_("Conferência"), parts)]


def _beginning(seen: Preview) -> Table:
    width = len(seen.header)
    columns = [
        Column(title or "–", "text" if n else "name") for n, title in enumerate(seen.header)
    ]
    rows = [TableRow([*row[:width], *[""] * (width - len(row))]) for row in seen.rows]
    return Table(_("As primeiras linhas"), columns, rows)


def import_progress(
    found: ImportCard, faults: Sequence[tuple[int, RowFault]], *, url: str
) -> list[Content]:
    every = SETTLED if found.state in OVER else WATCH
    said = number(found.position) + " / " + number(found.total)
    parts: list[Content] = [
        Steps([_reading(found, said)]),
        StatStrip(
            [
                Stat(_("Criados"), number(found.created), tone="ok"),
                Stat(_("Já eram clientes"), number(found.known)),
                Stat(_("Com erro"), number(found.wrong), tone="bad" if found.wrong else ""),
            ]
        ),
        *_outcome(found),
    ]
    if faults:
        parts.append(Section(_("Linhas com erro"), [_faults(faults)]))
    return [LiveRegion("importacao", url, every, parts)]


def _reading(found: ImportCard, said: str) -> Step:
    percent = round(100 * found.position / found.total)
    if found.state == Exchange.RUNNING:
        return Step(_("Linhas lidas"), "now", aside=said, percent=percent)
    return Step(
        _("Linhas lidas"), "done" if found.state == Exchange.DONE else "fail", aside=said
    )


def _outcome(found: ImportCard) -> list[Content]:
    if found.state == Exchange.RUNNING:
        stop = ConfirmDialog(
            id="cancelar",
            button=Button(_("Cancelar importação")),
            title=_("Cancelar esta importação?"),
            body=[_("Quem já foi criado continua na lista. As outras linhas não são lidas.")],
            confirm=_("Cancelar importação"),
            action=reverse("workspace:customers_import_cancel", args=[found.id]),
        )
        return [Waiting(_("Lendo o arquivo… você pode sair desta página.")), stop]
    if found.state == Exchange.FAILED:
        return [_stopped()]
    back = LinkButton(_("Ver clientes"), reverse("workspace:customers"), variant="primary")
    if found.state == Exchange.CANCELED:
        return [Note("warn", _("O resto do arquivo não foi lido."), actions=[back])]
    actions = [back, _invite(found)] if found.created else [back]
    return [Note("ok", _("O arquivo foi lido até o fim."), actions=actions)]


def _invite(found: ImportCard) -> LinkButton:
    """Whoever may not is refused there, as by the button of the list."""
    url = reverse("workspace:customers_invite") + f"?trazido={found.id}"
    return LinkButton(_("Convidar quem veio"), url, icon="mail")


def _stopped() -> Note:
    again = reverse("workspace:customers_import_new")
    return Note(
        "bad",
        _(
            "Quem já foi criado continua na lista. Envie o arquivo de novo:"
            " quem já é cliente não é criado outra vez."
        ),
        title=_("A leitura parou por uma falha nossa"),
        actions=[LinkButton(_("Enviar de novo"), again, variant="primary")],
    )


def _faults(faults: Sequence[tuple[int, RowFault]]) -> Table:
    return Table(
        _("Linhas com erro"),
        [Column(_("Linha"), "name"), Column(_("Coluna")), Column(_("O que há de errado"))],
        [
            TableRow(
                [
                    Cell(number(line)),
                    FIELDS.get(fault.field, fault.field),
                    _fault_words(fault),
                ]
            )
            for line, fault in faults
        ],
    )


def _fault_words(fault: RowFault) -> str:
    words = str(FAULTS.get(fault.code, fault.code))
    return words % {"line": number(fault.line)} if fault.line else words


def export_progress(found: ExportCard, *, at: datetime) -> LiveRegion:
    url = reverse("workspace:customers_export", args=[found.id])
    count = _("%(count)s clientes escritos.") % {"count": number(found.written)}
    if found.state == Exchange.RUNNING:
        return LiveRegion(
            "exportacao", url, WATCH, [Waiting(_("Escrevendo o arquivo…")), count]
        )
    if found.state == Exchange.FAILED:
        return LiveRegion("exportacao", url, SETTLED, [_unwritten()])
    download = LinkButton(
        _("Baixar CSV"),
        reverse("workspace:customers_export_download", args=[found.id]),
        icon="download",
        variant="primary",
    )
    said = _("O arquivo fica guardado por 24 horas, só para você.")
    body: list[Content] = [Done(_("Arquivo pronto"), f"{count} {said}"), download]
    return LiveRegion("exportacao", url, SETTLED, [Card(body)])


def _unwritten() -> Note:
    return Note(
        "bad",
        _("Nada saiu. Volte à lista e peça a exportação de novo."),
        title=_("O arquivo não pôde ser escrito por uma falha nossa"),
        actions=[
            LinkButton(_("Ver clientes"), reverse("workspace:customers"), variant="primary")
        ],
    )
