"""A zone with our records in it, however often we ask and whoever writes meanwhile."""

from datetime import UTC, datetime

import pytest

from alicerce.apps.dns.errors import BadRecord
from alicerce.apps.dns.models import Record, Zone
from alicerce.apps.dns.public import create_zone, set_records, zone_of_service
from alicerce.apps.dns.types import NewZone, RecordSpec, RecordType
from alicerce.kernel.http import Unavailable
from alicerce.kernel.ids import uuid7

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
DOMAIN = "padaria.com.br"
SERVICE = uuid7()
RECORDS = (
    RecordSpec(DOMAIN, RecordType.A, "192.0.2.10"),
    RecordSpec(f"www.{DOMAIN}", RecordType.CNAME, DOMAIN),
)

pytestmark = pytest.mark.usefixtures("tenant")


def create(**given):
    facts = {
        "domain": DOMAIN,
        "service_id": SERVICE,
        "host": "memory",
        "reference": "srv-1",
        "ip": "192.0.2.10",
        "nameservers": ("ns1.padaria.example",),
        "records": RECORDS,
    }
    return create_zone(new=NewZone(**{**facts, **given}), at=NOON)


class TestCreateZone:
    def test_puts_the_records_there_and_tells_once(self, zones, published):
        assert [create(), create()] == [2, 0]

        assert len(zones.applied) == 1
        assert Zone.objects.get().status == "active"
        assert [e.name for e in published].count("zone.created") == 1

    def test_keeps_what_others_put_there(self, zones):
        mail = RecordSpec(DOMAIN, RecordType.MX, "mx.padaria.com.br", priority=10)
        zones.put(DOMAIN, mail)

        create()

        assert mail in [record.spec for record in zones.records[DOMAIN]]

    def test_reads_again_when_somebody_wrote_meanwhile(self, zones):
        other = RecordSpec(f"blog.{DOMAIN}", RecordType.A, "192.0.2.99")
        zones.before_apply = [lambda: zones.put(DOMAIN, other)]

        create()

        assert len(zones.records[DOMAIN]) == 3

    def test_gives_up_for_now_when_it_never_settles(self, zones):
        other = RecordSpec(f"blog.{DOMAIN}", RecordType.A, "192.0.2.99")
        zones.before_apply = [lambda: zones.put(DOMAIN, other)] * 10

        with pytest.raises(Unavailable):
            create()

        assert Zone.objects.get().status == "pending"

    def test_refuses_a_record_outside_of_the_zone(self, zones):
        with pytest.raises(BadRecord):
            create(records=(RecordSpec("outra.com.br", RecordType.A, "192.0.2.1"),))

        assert not Zone.objects.exists()

    def test_follows_a_service_to_another_host(self, zones):
        create()

        create(reference="srv-2")

        assert Zone.objects.get().reference == "srv-2"

    def test_is_unseen_by_the_neighbour(self, zones, other_tenant):
        create()

        with other_tenant:
            assert zone_of_service(SERVICE) is None
            assert not Record.objects.exists()
        assert len(zone_of_service(SERVICE).records) == 2


class TestSetRecords:
    def test_wants_these_from_now_on(self, zones):
        create()
        moved = (RecordSpec(DOMAIN, RecordType.A, "192.0.2.20"), RECORDS[1])

        changed = set_records(zone_id=Zone.objects.get().id, records=moved, at=NOON)

        assert changed == 2
        assert zone_of_service(SERVICE).records[0].content == "192.0.2.20"
