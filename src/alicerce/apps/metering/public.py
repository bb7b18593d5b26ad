"""What other apps may ask of metering."""

from alicerce.apps.metering.models import MeteredStretch, UsageRecord
from alicerce.apps.metering.queries.usage import meters_of, usage_until, with_usage_left
from alicerce.apps.metering.services.close_usage import close_usage
from alicerce.kernel.personal import PersonalRecords

__all__ = ["close_usage", "meters_of", "personal", "usage_until", "with_usage_left"]

personal = PersonalRecords(UsageRecord, MeteredStretch)
