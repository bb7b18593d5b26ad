"""What the pages of hosting are made of."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.hosting.queries.runs import RunRow
from alicerce.apps.hosting.queries.servers import ServerRow
from alicerce.apps.hosting.queries.services import ServiceView
from alicerce.apps.hosting.types import ServerStatus
from alicerce.kernel.brazil import display_domain
from alicerce.ui.component import Content
from alicerce.ui.layout import Card
from alicerce.ui.panels import EmptyState, KeyValues, Pair
from alicerce.ui.status import RUN, SERVER, SERVICE, badge
from alicerce.ui.tables import NEARLY_FULL, Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Link, Mono, TimeText

Names = Mapping[UUID, str]

NOTHING = "–"


def server_badge(server: ServerRow, *, at: datetime) -> Badge:
    return badge(SERVER, _server_state(server, at))


def _server_state(server: ServerRow, at: datetime) -> str:
    if server.status == ServerStatus.DOWN:
        return "down"
    if server.is_full:
        return "full"
    if server.paused_until and server.paused_until > at:
        return "resting"
    if server.status == ServerStatus.PAUSED or not server.accepting:
        return "paused"
    if server.failures:
        return "degraded"
    return "nearly_full" if server.fill_percent >= NEARLY_FULL else "active"


def runs_table(
    runs: Sequence[RunRow],
    tenants: Names,
    *,
    empty: Content = "",
    newer: str = "",
    older: str = "",
) -> Table:
    return Table(
        _("Execuções"),
        [
            Column(_("Serviço"), "name"),
            Column(_("Estado"), "status"),
            Column(_("O quê")),
            Column(_("Empresa")),
            Column(_("Servidor"), "extra"),
            Column(_("Começou")),
        ],
        [_run_row(run, tenants) for run in runs],
        empty=empty,
        newer=newer,
        older=older,
    )


def _run_row(run: RunRow, tenants: Names) -> TableRow:
    return TableRow(
        [
            Cell(display_domain(run.domain), run_url(run), run.error or run.plan_name),
            badge(RUN, run.status),
            run.title,
            tenants.get(run.tenant_id, NOTHING),
            run.server_name or NOTHING,
            TimeText(run.started_at or run.created_at, "relative"),
        ],
        alert=run.can_retry,
    )


def run_lead(run: RunRow) -> str:
    if run.is_activation:
        return _("Ativação do plano %(plan)s.") % {"plan": run.plan_name}
    return run.title


def run_url(run: RunRow) -> str:
    return reverse("console:run", args=[run.tenant_id, run.id])


def services_table(
    services: Sequence[ServiceView], tenants: Names, *, empty: Content, newer: str, older: str
) -> Table:
    return Table(
        _("Serviços"),
        [
            Column(_("Domínio"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Empresa")),
            Column(_("Servidor")),
            Column(_("Usuário"), "extra"),
            Column(_("Aberto")),
        ],
        [_service_row(service, tenants) for service in services],
        empty=empty,
        newer=newer,
        older=older,
    )


def _service_row(service: ServiceView, tenants: Names) -> TableRow:
    url = reverse("console:service", args=[service.tenant_id, service.id])
    return TableRow(
        [
            Cell(display_domain(service.domain), url, service.plan_name),
            badge(SERVICE, service.status),
            tenants.get(service.tenant_id, NOTHING),
            service.server_name or NOTHING,
            Mono(service.username) if service.username else NOTHING,
            TimeText(service.created_at, "relative"),
        ]
    )


def run_facts(run: RunRow, *, whose: Pair, service_url: str) -> Card:
    pairs = [
        Pair(_("Serviço"), Link(display_domain(run.domain), service_url)),
        whose,
        Pair(_("Plano"), run.plan_name),
        Pair(_("Servidor"), run.server_name or NOTHING),
        Pair(_("Usuário"), Mono(run.username) if run.username else NOTHING),
        Pair(_("Rodada"), str(run.round)),
        Pair(_("Pedida"), TimeText(run.created_at)),
    ]
    if run.started_at:
        pairs.append(Pair(_("Começou"), TimeText(run.started_at)))
    if run.finished_at:
        pairs.append(Pair(_("Terminou"), TimeText(run.finished_at)))
    return Card([KeyValues(pairs)], title=_("Sobre a execução"))


def service_facts(service: ServiceView, *, whose: Pair, server: Content = NOTHING) -> Card:
    pairs = [
        whose,
        Pair(_("Plano"), service.plan_name),
        Pair(_("Pacote no servidor"), Mono(service.package)),
        Pair(_("Servidor"), server),
        Pair(_("Usuário"), Mono(service.username or NOTHING), copy=service.username),
        Pair(_("Endereço IP"), Mono(service.ip or NOTHING), copy=service.ip),
        Pair(_("Aberto"), TimeText(service.created_at)),
    ]
    if service.activated_at:
        pairs.append(Pair(_("No ar desde"), TimeText(service.activated_at)))
    return Card([KeyValues(pairs)], title=_("Sobre o serviço"))


def server_link(service: ServiceView) -> Content:
    if service.server_id is None:
        return NOTHING
    url = reverse("console:server", args=[service.tenant_id, service.server_id])
    return Link(service.server_name, url)


def no_services(text: str) -> EmptyState:
    return EmptyState(_("Nenhum serviço ainda"), text, icon="globe")
