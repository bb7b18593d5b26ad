"""What identity does by the clock."""

from alicerce.apps.identity.services.devices import forget_devices
from alicerce.apps.identity.services.sessions import forget_expired
from alicerce.kernel.clock import now
from alicerce.kernel.jobs import every


@every(seconds=3600)
def forget_expired_sessions() -> None:
    forget_expired(at=now())
    forget_devices(at=now())
