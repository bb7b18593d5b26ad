"""What the pages of webhooks are made of."""

import json
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.endpoints.rules.catalog import words_of
from alicerce.apps.endpoints.types import (
    AttemptView,
    DeliveryView,
    DisabledReason,
    EndpointView,
    Health,
    LoggedEventView,
)
from alicerce.ui.component import Content
from alicerce.ui.formats import number
from alicerce.ui.layout import Card, Fold, Row
from alicerce.ui.panels import KeyValues, Log, Pair, Stat, StatStrip
from alicerce.ui.status import Status, Statuses, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Mono, Tag, Text, TimeText, Tone

NOTHING = "–"
HEALTHY = 95

DELIVERY: Statuses = {
    "pending": Status("warn", gettext_lazy("Na fila")),
    "sending": Status("info", gettext_lazy("Enviando"), live=True),
    "delivered": Status("ok", gettext_lazy("Entregue")),
    "failed": Status("bad", gettext_lazy("Desistiu")),
}
DISABLED: Statuses = {
    DisabledReason.NOT: Status("ok", gettext_lazy("Ativo")),
    DisabledReason.BY_HAND: Status("", gettext_lazy("Desativado")),
    DisabledReason.GONE: Status("bad", gettext_lazy("Desativado: respondeu 410")),
    DisabledReason.FAILING: Status("bad", gettext_lazy("Desativado: só falhava")),
}


def endpoint_url(endpoint: EndpointView) -> str:
    return reverse("workspace:webhook", args=[endpoint.id])


def endpoint_badge(endpoint: EndpointView) -> Badge:
    return badge(DISABLED, endpoint.disabled)


def endpoints_table(found: Sequence[tuple[EndpointView, Health]], *, empty: Content) -> Table:
    return Table(
        _("Endereços de webhook"),
        [
            Column(_("Endereço"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Eventos")),
            Column(_("Entregas recentes")),
            Column(_("Próxima tentativa")),
        ],
        [_endpoint_row(endpoint, health) for endpoint, health in found],
        empty=empty,
    )


def _endpoint_row(endpoint: EndpointView, health: Health) -> TableRow:
    return TableRow(
        [
            Cell(endpoint.url, endpoint_url(endpoint), endpoint.description),
            endpoint_badge(endpoint),
            Row([Tag(pattern) for pattern in endpoint.types]),
            success(health),
            TimeText(health.next_at, "relative") if health.next_at else NOTHING,
        ],
        alert=not endpoint.is_enabled and endpoint.disabled is not DisabledReason.BY_HAND,
    )


def success(health: Health) -> Content:
    if health.percent is None:
        return NOTHING
    tone: Tone = "ok" if health.percent >= HEALTHY else "warn" if health.percent else "bad"
    return Badge(tone, _("%(percent)s%% entregues") % {"percent": health.percent})


def figures(health: Health) -> StatStrip:
    waiting = TimeText(health.next_at, "relative") if health.next_at else NOTHING
    percent = NOTHING if health.percent is None else f"{health.percent}%"
    return StatStrip(
        [
            Stat(_("Taxa de sucesso"), percent),
            Stat(_("Entregues"), number(health.delivered)),
            Stat(_("Falhas"), number(health.failed), tone="bad" if health.failed else ""),
            Stat(_("Próxima tentativa"), waiting),
        ]
    )


def endpoint_facts(endpoint: EndpointView) -> Card:
    pairs = [
        Pair(_("Eventos"), Row([Tag(pattern) for pattern in endpoint.types])),
        Pair(_("Ordem"), _("Por objeto") if endpoint.is_ordered else _("Qualquer")),
        Pair(_("Criado"), TimeText(endpoint.created_at)),
    ]
    if endpoint.rests_until:
        pairs.append(Pair(_("Em descanso até"), TimeText(endpoint.rests_until)))
    if endpoint.previous_secret_until:
        until = TimeText(endpoint.previous_secret_until)
        pairs.append(Pair(_("Segredo anterior vale até"), until))
    return Card([KeyValues(pairs)], title=_("Sobre o endereço"))


def deliveries_table(
    found: Sequence[DeliveryView], *, empty: Content, newer: str, older: str
) -> Table:
    return Table(
        _("Entregas"),
        [
            Column(_("Evento"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Resposta")),
            Column(_("Tentativas"), "number"),
            Column(_("Aconteceu")),
        ],
        [_delivery_row(delivery) for delivery in found],
        empty=empty,
        newer=newer,
        older=older,
    )


def _delivery_row(delivery: DeliveryView) -> TableRow:
    url = reverse("workspace:webhook_delivery", args=[delivery.id])
    return TableRow(
        [
            Cell(delivery.event.type, url, words_of(delivery.event.type)),
            badge(DELIVERY, delivery.status),
            str(delivery.answered or delivery.error or NOTHING),
            number(delivery.attempts),
            TimeText(delivery.event.at, "relative"),
        ]
    )


def delivery_facts(delivery: DeliveryView) -> Card:
    pairs = [
        Pair(
            _("Identificador (webhook-id)"),
            Mono(str(delivery.event.id)),
            copy=str(delivery.event.id),
        ),
        Pair(_("Aconteceu"), TimeText(delivery.event.at)),
        Pair(_("Tentativas"), number(delivery.attempts)),
    ]
    if delivery.next_at:
        pairs.append(Pair(_("Próxima tentativa"), TimeText(delivery.next_at)))
    if delivery.delivered_at:
        pairs.append(Pair(_("Entregue"), TimeText(delivery.delivered_at)))
    return Card([KeyValues(pairs)], title=_("Sobre a entrega"))


def attempt_card(attempt: AttemptView) -> Card:
    asked = [Mono(f"POST {attempt.url}")]
    asked += [Mono(f"{name}: {value}") for name, value in attempt.headers.items()]
    body: list[Content] = [Fold(_("Requisição"), [Log(asked, _("Requisição"))], icon="send")]
    if attempt.error:
        body.append(Text(attempt.error, "muted"))
    if attempt.answer:
        lines = [Mono(line) for line in attempt.answer.splitlines()]
        body.append(
            Fold(_("Resposta"), [Log(lines, _("Resposta"))], icon="file-text", open=True)
        )
    return Card(
        body,
        title=_("Tentativa %(number)s") % {"number": attempt.number},
        lead=_("%(ms)s ms") % {"ms": number(attempt.milliseconds)},
        aside=Row([_answer_badge(attempt), TimeText(attempt.at)]),
    )


def _answer_badge(attempt: AttemptView) -> Badge:
    if attempt.status is None:
        return Badge("bad", _("Sem resposta"))
    delivered = 200 <= attempt.status < 300  # noqa: PLR2004
    return Badge("ok" if delivered else "bad", str(attempt.status))


def events_table(
    found: Sequence[LoggedEventView], *, empty: Content, newer: str, older: str
) -> Table:
    return Table(
        _("Eventos"),
        [Column(_("Evento"), "name"), Column(_("Identificador")), Column(_("Aconteceu"))],
        [
            TableRow(
                [
                    Cell(
                        event.type,
                        reverse("workspace:event", args=[event.id]),
                        words_of(event.type),
                    ),
                    Mono(str(event.id)),
                    TimeText(event.at),
                ]
            )
            for event in found
        ],
        empty=empty,
        newer=newer,
        older=older,
    )


def facts_of_event(event: LoggedEventView) -> Card:
    return Card([_json(event.data)], title=_("O que aconteceu"))


def _json(value: dict[str, Any]) -> Log:
    lines = json.dumps(value, indent=2, ensure_ascii=False).splitlines()
    return Log([Mono(line) for line in lines], _("Dados"))
