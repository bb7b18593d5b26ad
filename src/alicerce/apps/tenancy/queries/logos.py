"""The logo of the current tenant."""

from alicerce.apps.tenancy.models import Logo
from alicerce.apps.tenancy.types.brand import LogoView
from alicerce.kernel.pictures import Picture, as_svg


def current_logo() -> LogoView | None:
    found = Logo.objects.current().first()
    return found.view() if found else None


def tried_logo() -> LogoView | None:
    """The one that was sent last and is not in use yet."""
    found = Logo.objects.tried().order_by("-id").first()
    return found.view() if found else None


def logo_of_digest(digest: str, kind: str) -> LogoView | None:
    found = Logo.objects.filter(digest=digest, kind=kind).first()
    return found.view() if found else None


def letterhead_mark() -> str:
    """The logo as sheets draw it; empty without one."""
    found = current_logo()
    return as_svg(Picture(found.kind, found.body)) if found else ""
