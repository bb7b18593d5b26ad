"""What other apps may ask of dns."""

from alicerce.apps.dns.models import Record, Zone
from alicerce.apps.dns.queries import zone_of_service
from alicerce.apps.dns.services.create_zone import create_zone
from alicerce.apps.dns.services.set_records import set_records
from alicerce.kernel.personal import PersonalRecords

__all__ = ["create_zone", "personal", "set_records", "zone_of_service"]

personal = PersonalRecords(Zone, Record)
