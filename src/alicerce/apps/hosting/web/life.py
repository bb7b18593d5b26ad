"""Whether a service is held back, why, since when, and what may be done about it."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.hosting.queries.services import ServiceView
from alicerce.apps.hosting.types import Cause, HoldCard, Origin, Scope, ServiceStatus
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton
from alicerce.ui.component import Content, Words
from alicerce.ui.layout import Card, Row
from alicerce.ui.panels import KeyValues, Note, Pair
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import TimeText

CAUSES: dict[str, Words] = {
    Cause.UNPAID: gettext_lazy("Falta de pagamento"),
    Cause.STAFF: gettext_lazy("Decisão da equipe"),
    Cause.ABUSE: gettext_lazy("Uso contrário aos termos"),
    Cause.DISPUTE: gettext_lazy("Pagamento em disputa"),
    Cause.ENDED: gettext_lazy("Assinatura encerrada"),
}
SCOPES: dict[str, Words] = {
    Scope.WEB: gettext_lazy("Só o site"),
    Scope.ALL: gettext_lazy("A conta inteira"),
}
ORIGINS: dict[str, Words] = {
    Origin.SUBSCRIPTION: gettext_lazy("Assinatura"),
    Origin.PERSON: gettext_lazy("Equipe"),
}


def suspension_card(
    service: ServiceView, holds: Sequence[HoldCard], *, actions: Sequence[Content] = ()
) -> list[Content]:
    """For who works with it. Nothing of a service that nothing holds back."""
    nothing = not holds and service.status != ServiceStatus.SUSPENDED
    if nothing or service.status == ServiceStatus.TERMINATED:
        return []
    table = Table(
        _("Causas da suspensão"),
        [
            Column(_("Causa"), "name"),
            Column(_("O que para")),
            Column(_("Quem suspendeu")),
            Column(_("Desde")),
        ],
        [
            TableRow(
                [
                    Cell(CAUSES[hold.cause], "", hold.reason),
                    SCOPES[hold.scope],
                    ORIGINS[hold.origin],
                    TimeText(hold.since),
                ]
            )
            for hold in holds
        ],
    )
    return [Card([*_state(service), table], title=_("Suspensão"), footer=actions)]


def _state(service: ServiceView) -> list[Content]:
    if service.status == ServiceStatus.SUSPENDED and service.suspended_at:
        pairs = [
            Pair(_("Suspenso no servidor desde"), TimeText(service.suspended_at)),
            Pair(_("O que parou"), _applied(service)),
        ]
        return [KeyValues(pairs)]
    if service.status == ServiceStatus.ACTIVE:
        return [Note("info", _waiting(service))]
    return []


def _applied(service: ServiceView) -> str:
    """WHM knows no other way; the page says what happened, not what was asked."""
    if service.suspension_scope == Scope.WEB:
        return _("A conta inteira: este painel não sabe parar só o site.")
    return str(SCOPES[Scope.ALL])


def _waiting(service: ServiceView) -> str:
    if service.suspension_scope == Scope.WEB:
        return _(
            "Foi pedido que só o site parasse. Enquanto o servidor não confirmar, ou se a empresa "
            "prefere manter o e-mail, a conta continua no ar."
        )
    return _("A suspensão foi pedida. O estado muda quando o servidor confirmar.")


def removal_card(service: ServiceView, *, actions: Sequence[Content] = ()) -> list[Content]:
    if service.terminated_at:
        text = _("A conta foi removida do servidor, com os seus dados.")
        pairs = [Pair(_("Removida"), TimeText(service.terminated_at))]
        return [Card([Note("info", text), KeyValues(pairs)], title=_("Remoção"))]
    if service.removal_confirmed_at:
        text = _("A remoção foi confirmada e está em andamento. Não há como voltar atrás.")
        return [Card([Note("warn", text)], title=_("Remoção"))]
    if service.removal_due_at is None:
        return []
    pairs = [Pair(_("Pode ser removida a partir de"), TimeText(service.removal_due_at))]
    text = _("Nada é apagado antes desse dia, e até a confirmação dá para voltar atrás.")
    footer = [Row(actions)] if actions else []
    return [Card([KeyValues(pairs), Note("warn", text)], title=_("Remoção"), footer=footer)]


def suspension_actions(service: ServiceView) -> list[Content]:
    """The buttons at the head of a service's page, for who may operate it."""
    if service.removal_confirmed_at or service.status in (
        ServiceStatus.PENDING,
        ServiceStatus.PROVISIONING,
        ServiceStatus.ERROR,
    ):
        return []
    actions: list[Content] = []
    if service.suspension_cause:
        url = reverse("workspace:service_resume", args=[service.id])
        actions.append(LinkButton(_("Reativar"), url, icon="refresh-cw", variant="primary"))
    url = reverse("workspace:service_suspend", args=[service.id])
    label = _("Outra causa") if service.suspension_cause else _("Suspender")
    return [*actions, LinkButton(label, url, icon="ban")]


def plan_removal_button(service: ServiceView) -> list[Content]:
    if not service.suspension_cause or service.removal_due_at:
        return []
    return [
        ConfirmDialog(
            "prever-remocao",
            Button(_("Prever remoção"), icon="trash-2"),
            _("Marcar o dia da remoção?"),
            [
                _(
                    "O cliente recebe um e-mail com o dia. Chegado ele, alguém ainda tem de "
                    "confirmar, e até lá dá para desmarcar."
                )
            ],
            _("Marcar o dia"),
            reverse("workspace:service_removal", args=[service.id]),
        )
    ]


def removal_actions(service: ServiceView, *, may_remove: bool) -> list[Content]:
    call_off = ConfirmDialog(
        "desmarcar",
        Button(_("Desmarcar remoção")),
        _("Desmarcar a remoção?"),
        [_("A conta continua suspensa e nada é apagado.")],
        _("Desmarcar"),
        reverse("workspace:service_keep", args=[service.id]),
    )
    url = reverse("workspace:service_remove", args=[service.id])
    remove = LinkButton(_("Remover agora"), url, icon="trash-2", variant="danger")
    return [call_off, remove] if may_remove else [call_off]


def client_note(service: ServiceView) -> list[Content]:
    """For the customer: what stopped, why, and what to do."""
    if service.status == ServiceStatus.TERMINATED:
        return [Note("info", _("Esta hospedagem terminou e foi removida do servidor."))]
    if service.status != ServiceStatus.SUSPENDED:
        return []
    title = _("Este serviço está suspenso.")
    stopped = _("O site e os e-mails estão fora do ar; nada foi apagado.")
    text, action = _way_out(service)
    return [Note("warn", f"{stopped} {text}", title=title, actions=[action] if action else [])]


def _way_out(service: ServiceView) -> tuple[str, Content]:
    if service.suspension_cause == Cause.UNPAID:
        pay = LinkButton(_("Ver faturas"), reverse("client:invoices"), variant="primary")
        return _("Assim que o pagamento for confirmado, tudo volta sozinho."), pay
    if service.suspension_cause == Cause.ENDED:
        return _("A assinatura terminou. Fale conosco se ainda precisar dele."), ""
    return _("Fale com a nossa equipe para resolver."), ""


def client_pairs(service: ServiceView) -> list[Pair]:
    pairs = []
    if service.suspended_at and service.suspension_cause:
        pairs.append(Pair(_("Suspenso desde"), TimeText(service.suspended_at)))
        pairs.append(Pair(_("Motivo"), CAUSES[service.suspension_cause]))
    if service.removal_due_at and not service.terminated_at:
        due = TimeText(service.removal_due_at, "date")
        pairs.append(Pair(_("Pode ser removido a partir de"), due))
    return pairs
