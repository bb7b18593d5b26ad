"""Tell who may attach names that one is about to be lost, or is. Each of them each time once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats, translation

from alicerce.apps.hostnames import permissions
from alicerce.apps.hostnames.models import HostName
from alicerce.apps.hostnames.rules import challenge_of
from alicerce.apps.hostnames.types import Turn
from alicerce.apps.notify import public as notify
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import TenantCard


def write_letters(*, claim: HostName, turn: Turn, at: datetime) -> None:
    """In the transaction that made it true."""
    tenant = tenancy.tenant_card()
    for member in tenancy.members():
        if permissions.WRITE in member.role.permissions:
            notify.send(
                template="host_name_trouble",
                to=member.email,
                key=f"host-name:{claim.id.hex}:{turn}:{at:%Y%m%d%H%M%S}:{member.user_id.hex}",
                values={
                    "name": member.name,
                    "domain": claim.domain,
                    "trouble": str(turn),
                    "record": challenge_of(claim.domain),
                    "until": _local(claim.lapses_at, tenant),
                    "link_host_name": f"{_way(tenant, claim)}/app/empresa/enderecos/{claim.id}/",
                },
                at=at,
                locale=tenant.locale,
            )


def _way(tenant: TenantCard, claim: HostName) -> str:
    """Not by the very name that is in trouble, where there is another."""
    others = (host for host in tenancy.hosts_of(tenant.id) if host.domain != claim.domain)
    return next((host.base_url for host in others), tenant.base_url).rstrip("/")


def _local(instant: datetime | None, tenant: TenantCard) -> str:
    if instant is None:
        return ""
    with translation.override(tenant.locale):
        local = instant.astimezone(ZoneInfo(tenant.time_zone))
        return formats.date_format(local, "SHORT_DATETIME_FORMAT")
