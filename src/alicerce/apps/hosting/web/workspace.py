"""Services as a company's people see them: those of one customer, and the parts of one of them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.hosting.queries.runs import RunRow, RunView, progress_of_line
from alicerce.apps.hosting.queries.services import ServiceView, services_of
from alicerce.apps.hosting.web.components import NOTHING
from alicerce.apps.hosting.web.progress import full_steps
from alicerce.kernel.brazil import display_domain
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card
from alicerce.ui.status import RUN, SERVICE, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Mono, TimeText


def service_url(service_id: UUID) -> str:
    return reverse("workspace:service", args=[service_id])


def run_url(run_id: UUID) -> str:
    return reverse("workspace:run", args=[run_id])


def customer_services(customer_id: UUID, *, empty: Content) -> Table:
    """The latest of them."""
    return Table(
        _("Serviços"),
        [
            Column(_("Domínio"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Plano")),
            Column(_("Servidor")),
            Column(_("No ar desde")),
        ],
        [
            TableRow(
                [
                    Cell(
                        display_domain(service.domain),
                        service_url(service.id),
                        service.username,
                    ),
                    badge(SERVICE, service.status),
                    service.plan_name,
                    service.server_name or NOTHING,
                    _live_since(service),
                ]
            )
            for service in services_of([customer_id])
        ],
        empty=empty,
    )


def services_table(
    services: Sequence[ServiceView],
    customers: Mapping[UUID, Content],
    *,
    empty: Content,
    newer: str,
    older: str,
) -> Table:
    """With whom each is for, when `customers` says so."""
    return Table(
        _("Serviços"),
        [
            Column(_("Domínio"), "name"),
            Column(_("Estado"), "status"),
            *([Column(_("Cliente"))] if customers else []),
            Column(_("Servidor")),
            Column(_("Usuário"), "extra"),
            Column(_("No ar desde")),
        ],
        [
            TableRow(
                [
                    Cell(
                        display_domain(service.domain),
                        service_url(service.id),
                        service.plan_name,
                    ),
                    badge(SERVICE, service.status),
                    *([customers.get(service.customer_id, NOTHING)] if customers else []),
                    service.server_name or NOTHING,
                    Mono(service.username) if service.username else NOTHING,
                    _live_since(service),
                ]
            )
            for service in services
        ],
        empty=empty,
        newer=newer,
        older=older,
    )


def _live_since(service: ServiceView) -> Content:
    return TimeText(service.activated_at, "date") if service.activated_at else NOTHING


def runs_card(runs: Sequence[RunRow]) -> Card:
    """Each way a service went, its latest first."""
    table = Table(
        _("Execuções"),
        [
            Column(_("O quê"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Rodada"), "number"),
            Column(_("Pedida")),
            Column(_("Terminou")),
        ],
        [
            TableRow(
                [
                    Cell(run.title, run_url(run.id), run.error or run.plan_name),
                    badge(RUN, run.status),
                    str(run.round),
                    TimeText(run.created_at),
                    TimeText(run.finished_at) if run.finished_at else NOTHING,
                ],
                alert=run.can_retry,
            )
            for run in runs
        ],
    )
    return Card([table], title=_("Execuções"))


def delivery_cards(line_ids: Sequence[UUID]) -> list[Content]:
    """How far the delivery of these order lines is; nothing of those that have none yet."""
    found = [progress_of_line(line_id) for line_id in line_ids]
    return [_delivery_card(progress) for progress in found if progress]


def _delivery_card(progress: RunView) -> Card:
    row = progress.run
    opens = LinkButton(_("Abrir serviço"), service_url(row.service_id), size="sm")
    return Card(
        [full_steps(progress)],
        title=_("Ativação de %(domain)s") % {"domain": display_domain(row.domain)},
        aside=opens,
    )
