"""What the pages of transfers are made of, in the workspace and in the client area alike."""

from collections.abc import Sequence
from typing import cast

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from alicerce.apps.transfers.queries.views import (
    Finding,
    LineView,
    StepView,
    TransferView,
    steps_of,
)
from alicerce.apps.transfers.types import Stage
from alicerce.apps.transfers.web.words import STAGE, STEP
from alicerce.kernel.brazil import display_domain
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Stack
from alicerce.ui.panels import (
    KeyValues,
    Note,
    Pair,
    Step,
    Steps,
    StepState,
    Timeline,
    TimelineItem,
)
from alicerce.ui.status import badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, LiveMark, Mono, Text, TimeText, Tone

NOTHING = "–"


def stage_badge(transfer: TransferView) -> Badge:
    return badge(STAGE, transfer.stage)


def transfers_table(
    found: Sequence[tuple[TransferView, str]],
    *,
    empty: Content,
    of_company: bool,
    newer: str = "",
    older: str = "",
) -> Table:
    """Each with the address of its page. A company also reads whose they are."""
    customer = [Column(_("Cliente"))] if of_company else []
    return Table(
        _("Migrações"),
        [
            Column(_("Destino"), "name"),
            Column(_("Estado"), "status"),
            *customer,
            Column(_("Origem"), "extra"),
            Column(_("Pedida")),
        ],
        [_row(transfer, url, of_company=of_company) for transfer, url in found],
        empty=empty,
        newer=newer,
        older=older,
    )


def _row(transfer: TransferView, url: str, *, of_company: bool) -> TableRow:
    customer: list[Content] = [transfer.customer_name] if of_company else []
    return TableRow(
        [
            Cell(display_domain(transfer.domain), url, transfer.source.username),
            stage_badge(transfer),
            *customer,
            Mono(transfer.source.host),
            TimeText(transfer.created_at, "relative"),
        ],
        alert=transfer.stage in (Stage.BLOCKED, Stage.FAILED),
    )


def story(transfer: TransferView, log: Sequence[LineView], *, raw: bool) -> list[Content]:
    """What it comes to, the steps of the examination, and everything that happened."""
    steps = Steps([_step(step) for step in steps_of(transfer, log)], _("Etapas do exame"))
    live: Content = LiveMark() if transfer.stage is Stage.EXAMINING else ""
    return [
        *_verdict(transfer),
        Card([steps], title=_("Exame da origem"), aside=live),
        Card([_history(log, raw=raw)], title=_("O que aconteceu")),
    ]


def _verdict(transfer: TransferView) -> list[Content]:
    blocking = [found for found in transfer.findings if found.blocks]
    cautions = [found for found in transfer.findings if not found.blocks]
    parts: list[Content] = []
    if blocking and not transfer.is_over:
        parts.append(
            Note("bad", _listed(blocking), title=_("A migração não pode ser feita ainda"))
        )
    if said := _plain_verdict(transfer):
        parts.append(said)
    if cautions and not transfer.is_over:
        parts.append(Note("warn", _listed(cautions), title=_("Quem move precisa saber")))
    return parts


def _plain_verdict(transfer: TransferView) -> Note | None:
    words: dict[Stage, tuple[Tone, str]] = {
        Stage.READY: (
            "ok",
            _("Nada impede esta migração. A equipe foi avisada e vai mover a conta."),
        ),
        Stage.MOVING: (
            "info",
            _("Uma pessoa da equipe está movendo a conta. A origem continua no ar."),
        ),
        Stage.DONE: ("ok", _("A conta já vive aqui. O token da origem foi destruído.")),
        Stage.FAILED: (
            "bad",
            _("A origem não respondeu. A equipe foi avisada; o token foi destruído."),
        ),
    }
    return Note(*words[transfer.stage]) if transfer.stage in words else None


def _listed(found: Sequence[Finding]) -> Stack:
    return Stack([Text(each.text) for each in found])


def _step(view: StepView) -> Step:
    return Step(
        STEP[view.step],
        cast("StepState", view.state),
        detail=Stack([Text(line, "muted") for line in view.lines]) if view.lines else "",
    )


def _history(log: Sequence[LineView], *, raw: bool) -> Timeline:
    """Only who works here reads how machines put it."""
    return Timeline(
        [
            TimelineItem(
                line.text,
                line.at,
                detail=line.note or (Mono(line.raw) if raw and line.raw else ""),
            )
            for line in log
        ]
    )


def facts(transfer: TransferView, *, of_company: Sequence[Pair] = ()) -> Card:
    source = transfer.source
    pairs = [
        Pair(_("Destino"), display_domain(transfer.domain)),
        *of_company,
        Pair(_("Origem"), Mono(f"{source.host}:{source.port}")),
        Pair(_("Conta na origem"), Mono(source.username)),
        Pair(_("Token"), _("Guardado, cifrado") if transfer.has_token else _("Destruído")),
        *_seen(transfer),
        Pair(_("Pedida"), TimeText(transfer.created_at)),
    ]
    if transfer.examined_at:
        pairs.append(Pair(_("Examinada"), TimeText(transfer.examined_at)))
    if transfer.finished_at:
        pairs.append(Pair(_("Terminou"), TimeText(transfer.finished_at)))
    return Card([KeyValues(pairs)], title=_("Sobre a migração"))


def _seen(transfer: TransferView) -> list[Pair]:
    """What the source showed."""
    if not transfer.source_domain:
        return []
    names = ", ".join(display_domain(domain.name) for domain in transfer.domains)
    return [
        Pair(_("Domínio na origem"), display_domain(transfer.source_domain)),
        Pair(_("Plano na origem"), transfer.source_plan or NOTHING),
        Pair(_("Ocupa"), _size(transfer.disk_used, NOTHING)),
        Pair(_("Cabe no destino"), _size(transfer.disk_limit, _("Sem limite"))),
        Pair(_("Domínios"), names or NOTHING),
    ]


def _size(count: int | None, otherwise: str) -> str:
    return otherwise if count is None else filesizeformat(count)
