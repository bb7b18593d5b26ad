"""Try a logo, use it, and use none."""

from datetime import datetime
from hashlib import sha256

from alicerce.apps.audit import public as audit
from alicerce.apps.tenancy.errors import NoSuchLogo
from alicerce.apps.tenancy.events import TenantChanged
from alicerce.apps.tenancy.models import Logo
from alicerce.kernel import locks
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.pictures import cleaned


@transaction()
def try_logo(*, raw: bytes, at: datetime) -> str:
    """Keep a picture, made safe, to look at before it is used; its digest. The one tried before goes.

    Raises NotAPicture, PictureTooLarge.
    """
    picture = cleaned(raw)
    digest = sha256(picture.body).hexdigest()
    locks.hold("logo")
    Logo.objects.tried().exclude(digest=digest).delete()
    Logo.objects.get_or_create(
        digest=digest,
        defaults={"kind": picture.kind, "body": picture.body, "added_at": at},
    )
    return digest


@transaction()
def use_logo(*, digest: str, at: datetime) -> None:
    """Show this one from now on. Used twice it is the same. Raises NoSuchLogo."""
    locks.hold("logo")
    wanted = Logo.objects.filter(digest=digest).first()
    if wanted is None:
        raise NoSuchLogo
    if wanted.is_current:
        return
    before = _rest()
    wanted.use(at=at)
    _tell(before, digest, at=at)


@transaction()
def use_no_logo(*, at: datetime) -> None:
    """Show the name alone. Asked twice it is the same."""
    locks.hold("logo")
    before = _rest()
    if before:
        _tell(before, "", at=at)


def _rest() -> str:
    current: Logo | None = Logo.objects.current().first()
    if current is None:
        return ""
    current.rest()
    return current.digest


def _tell(before: str, after: str, *, at: datetime) -> None:
    audit.record(
        action="tenant.logo_changed",
        entity="tenant",
        entity_id=current_tenant_id(),
        before={"logo": before},
        after={"logo": after},
        at=at,
    )
    publish(TenantChanged(at=at))
