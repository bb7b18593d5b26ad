"""What other apps may ask of metering."""

from alicerce.apps.metering.models import MeteredStretch, UsageRecord
from alicerce.apps.metering.queries.usage import meters_of, usage_until
from alicerce.apps.metering.services.close_usage import close_usage
from alicerce.kernel.personal import PersonalRecords

__all__ = ["close_usage", "meters_of", "personal", "usage_until"]

personal = PersonalRecords(UsageRecord, MeteredStretch)
