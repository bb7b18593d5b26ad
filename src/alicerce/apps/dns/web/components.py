"""What the pages of dns are made of."""

from uuid import UUID

from django.utils.translation import gettext as _

from alicerce.apps.dns.queries import zone_of_service
from alicerce.apps.dns.types import RecordType, RecordView, ZoneStatus, ZoneView
from alicerce.kernel.brazil import display_domain, display_domains
from alicerce.ui.component import Content
from alicerce.ui.formats import number
from alicerce.ui.layout import Card
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Mono

NAMING = {RecordType.CNAME, RecordType.MX, RecordType.SRV}


def zone_cards(service_id: UUID) -> list[Content]:
    """The zone of a service of the current tenant; nothing while it has none."""
    zone = zone_of_service(service_id)
    return [_zone_card(zone)] if zone else []


def _zone_card(zone: ZoneView) -> Card:
    badges = {
        ZoneStatus.PENDING: Badge("info", _("Preparando"), live=True),
        ZoneStatus.ACTIVE: Badge("ok", _("Ativa")),
    }
    return Card(
        [_records(zone)] if zone.records else [],
        title=_("Zona de DNS"),
        lead=display_domain(zone.domain),
        aside=badges[zone.status],
    )


def _records(zone: ZoneView) -> Table:
    return Table(
        _("Registros de DNS"),
        [
            Column(_("Nome"), "name"),
            Column(_("Tipo"), "status"),
            Column(_("Valor")),
            Column(_("Validade (s)"), "number"),
        ],
        [_record(record) for record in zone.records],
    )


def _record(record: RecordView) -> TableRow:
    return TableRow(
        [
            Cell(display_domain(record.name)),
            Mono(record.type),
            _content(record),
            number(record.ttl),
        ]
    )


def _content(record: RecordView) -> Mono:
    """Names as people read them; what the zone holds is one hover away."""
    held = f"{record.priority} {record.content}" if record.priority else record.content
    shown = display_domains(held) if record.type in NAMING else held
    return Mono(shown, title=held if shown != held else "")


def nameservers_card(nameservers: tuple[str, ...]) -> Card:
    """Where the domain must point, ready to be copied at the registrar."""
    return Card(
        [KeyValues([Pair(_("Servidor DNS"), Mono(name), copy=name) for name in nameservers])],
        title=_("Para onde o domínio aponta"),
        lead=_(
            "Se o domínio está registrado em outro lugar, troque os servidores DNS por estes."
        ),
    )
