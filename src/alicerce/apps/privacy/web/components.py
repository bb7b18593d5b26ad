"""What the pages of privacy are made of."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.privacy.types import (
    ConsentView,
    Obstacle,
    Purpose,
    RequestKind,
    RequestStatus,
    RequestView,
)
from alicerce.kernel.personal import Fate
from alicerce.ui import formats
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content, Words
from alicerce.ui.layout import Row, Stack
from alicerce.ui.panels import EmptyState, Note
from alicerce.ui.status import Status, Statuses, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Text, TimeText

KINDS: dict[RequestKind, str | Promise] = {
    RequestKind.EXPORT: gettext_lazy("Cópia dos dados"),
    RequestKind.CORRECTION: gettext_lazy("Correção de dados"),
    RequestKind.ERASURE: gettext_lazy("Apagar meus dados"),
}
STATUSES: Statuses = {
    RequestStatus.OPEN: Status("info", gettext_lazy("Em andamento")),
    RequestStatus.SCHEDULED: Status("warn", gettext_lazy("Agendado")),
    RequestStatus.DONE: Status("ok", gettext_lazy("Concluído")),
    RequestStatus.WITHDRAWN: Status("", gettext_lazy("Desistência")),
    RequestStatus.REFUSED: Status("bad", gettext_lazy("Não foi possível")),
}
OBSTACLES: dict[Obstacle, str | Promise] = {
    Obstacle.SERVICE: gettext_lazy("Há serviços contratados. Cancele-os antes."),
    Obstacle.ORDER: gettext_lazy(
        "Há pedidos pagos que ainda não foram entregues. Espere a entrega."
    ),
    Obstacle.INVOICE: gettext_lazy("Há faturas em aberto. Pague ou cancele o pedido antes."),
    Obstacle.TEAM: gettext_lazy("Você faz parte da equipe desta empresa. Saia dela antes."),
    Obstacle.PAYER: gettext_lazy(
        "Você paga por uma empresa da plataforma. Passe o pagamento a outra pessoa antes."
    ),
}
PURPOSES: dict[Purpose, tuple[str | Promise, str | Promise]] = {
    Purpose.NEWS: (
        gettext_lazy("Novidades e ofertas"),
        gettext_lazy("Receber por e-mail novidades e ofertas desta empresa."),
    ),
    Purpose.STATISTICS: (
        gettext_lazy("Estatísticas de uso"),
        gettext_lazy("Usar como eu navego para melhorar o site e a área do cliente."),
    ),
}


def requests_table(requests: Sequence[RequestView]) -> Table:
    return Table(
        _("Seus pedidos"),
        [
            Column(_("Pedido"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Feito")),
            Column(_("Resposta até")),
            Column(_("Ações"), "actions"),
        ],
        [
            TableRow(
                [
                    Cell(KINDS[each.kind], "", protocol(each)),
                    badge(STATUSES, each.status),
                    TimeText(each.asked_at, "date"),
                    _day(each.due_on) if each.is_waiting else "–",
                    _ways(each),
                ],
                id=f"p-{each.id}",
            )
            for each in requests
        ],
        empty=EmptyState(
            _("Nenhum pedido ainda"),
            _("Cada pedido ganha um protocolo e um prazo de resposta."),
            icon="shield-check",
        ),
    )


def protocol(request: RequestView) -> Words:
    return _("Protocolo %(number)s") % {"number": request.protocol}


def _ways(request: RequestView) -> Content:
    if request.export_id:
        url = reverse("account_privacy_export", args=[request.export_id])
        return LinkButton(_("Baixar"), url, size="sm")
    if request.is_waiting:
        return PostButton(
            Button(_("Desistir"), size="sm"),
            reverse("account_privacy_withdraw", args=[request.id]),
        )
    return ""


def consents(given: Sequence[ConsentView]) -> Stack:
    return Stack([_consent(consent) for consent in given])


def _consent(consent: ConsentView) -> Row:
    title, words = PURPOSES[consent.purpose]
    label = _("Retirar consentimento") if consent.given else _("Consentir")
    state = Badge("ok", _("Consentido")) if consent.given else Badge("", _("Não consentido"))
    since: list[Content] = [TimeText(consent.at, "date")] if consent.at else []
    return Row(
        [
            Stack([Text(title, "strong"), Text(words, "muted"), Row([state, *since])]),
            PostButton(
                Button(label, size="sm"),
                reverse("account_privacy_consent"),
                {"finalidade": consent.purpose, "vale": "" if consent.given else "sim"},
            ),
        ],
        spread=True,
    )


def obstacles_note(found: Sequence[Obstacle]) -> Note:
    return Note(
        "warn",
        Stack([part for each in found for part in _obstacle(each)]),
        title=_("Ainda não é possível apagar"),
    )


def _obstacle(each: Obstacle) -> list[Content]:
    said: list[Content] = [Text(OBSTACLES[each])]
    if each == Obstacle.TEAM:
        said.append(Row([LinkButton(_("Sair da equipe"), reverse("workspace:leave"))]))
    return said


def fates_table(fates: Sequence[Fate], kept_until: date | None) -> Table:
    return Table(
        _("O que será apagado"),
        [
            Column(_("O que temos"), "name"),
            Column(_("Registros"), "number"),
            Column(_("O que acontece")),
        ],
        [
            TableRow([Cell(fate.about), str(fate.rows), _what_happens(fate, kept_until)])
            for fate in fates
        ],
    )


def _what_happens(fate: Fate, kept_until: date | None) -> Content:
    if fate.deletes:
        return _("Apagado")
    if not (fate.keeps and kept_until):
        return _("Apagado o que identifica você")
    words, day = _("Guardado até %(day)s: %(why)s"), _day(kept_until)
    return Stack([Text(words % {"day": day, "why": law.words}) for law in fate.keeps])


def logs_note() -> Note:
    return Note(
        "info",
        _(
            "De onde você entrou fica guardado por mais 6 meses (Marco Civil da Internet, art. 15)."
        ),
    )


def erase_button() -> LinkButton:
    url = reverse("account_privacy_erase_confirm")
    return LinkButton(_("Apagar meus dados"), url, variant="danger")


def everywhere_table(
    requests: Sequence[RequestView],
    *,
    names: Mapping[UUID, str],
    tenants: Mapping[UUID, str],
    today: date,
    may_answer: bool,
) -> Table:
    """For operators: what is due first, first."""
    return Table(
        _("Pedidos de privacidade"),
        [
            Column(_("Pedido"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Pessoa")),
            Column(_("Empresa")),
            Column(_("Responder até")),
            Column(_("Ações"), "actions"),
        ],
        [
            TableRow(
                [
                    Cell(KINDS[each.kind], "", protocol(each)),
                    badge(STATUSES, each.status),
                    names.get(each.user_id, ""),
                    tenants.get(each.tenant_id, ""),
                    _deadline(each, today),
                    _answer(each) if may_answer else "",
                ],
                id=f"p-{each.id}",
                alert=each.is_waiting and each.due_on < today,
            )
            for each in requests
        ],
        empty=EmptyState(
            _("Nenhum pedido aqui"),
            _("Pedidos de cópia, correção e exclusão de dados aparecem aqui, com prazo."),
            icon="shield-check",
        ),
    )


def _deadline(request: RequestView, today: date) -> Content:
    if not request.is_waiting:
        return "–"
    late = request.due_on < today
    return Row([_day(request.due_on), *([Badge("bad", _("Vencido"))] if late else [])])


def _answer(request: RequestView) -> Content:
    """Copies and erasures happen by themselves."""
    if request.kind is not RequestKind.CORRECTION or not request.is_waiting:
        return ""
    return PostButton(
        Button(_("Marcar como atendido"), size="sm"),
        reverse("console:privacy_answer", args=[request.tenant_id, request.id]),
    )


def _day(day: date) -> str:
    return formats.day(day)
