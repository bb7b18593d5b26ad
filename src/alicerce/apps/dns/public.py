"""What other apps may ask of dns."""

from alicerce.apps.dns.models import Record, Zone
from alicerce.apps.dns.queries import has_zone, zone_of_service, zone_record, zones_of
from alicerce.apps.dns.services.create_zone import create_zone, want_zone
from alicerce.apps.dns.services.set_records import set_records
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "create_zone",
    "has_zone",
    "personal",
    "set_records",
    "want_zone",
    "zone_of_service",
    "zone_record",
    "zones_of",
]

personal = PersonalRecords(Zone, Record)
