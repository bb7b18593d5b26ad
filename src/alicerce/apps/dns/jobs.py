"""What dns does when something happens."""

from alicerce.apps.dns.events import ZoneWanted
from alicerce.apps.dns.services.create_zone import settle_zone
from alicerce.kernel.clock import now
from alicerce.kernel.jobs import on


@on(ZoneWanted)
def settle_wanted_zone(wanted: ZoneWanted) -> None:
    settle_zone(zone_id=wanted.zone_id, ip=wanted.ip, at=now())
