"""Services as a company's people see them on the page of a customer."""

from uuid import UUID

from django.utils.translation import gettext as _

from alicerce.apps.hosting.queries.services import services_of
from alicerce.apps.hosting.web.components import NOTHING
from alicerce.kernel.brazil import display_domain
from alicerce.ui.component import Content
from alicerce.ui.status import SERVICE, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import TimeText


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
                    Cell(display_domain(service.domain), "", service.username),
                    badge(SERVICE, service.status),
                    service.plan_name,
                    service.server_name or NOTHING,
                    TimeText(service.activated_at, "date") if service.activated_at else NOTHING,
                ]
            )
            for service in services_of([customer_id])
        ],
        empty=empty,
    )
