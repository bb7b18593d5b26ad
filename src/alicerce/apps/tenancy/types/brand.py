"""How a company looks."""

from dataclasses import dataclass
from typing import Literal

from alicerce.apps.tenancy.types import TenantCard


@dataclass(frozen=True, slots=True)
class LogoView:
    """A logo that was made safe. Its path never shows another picture."""

    digest: str
    kind: Literal["png", "svg"]
    path: str
    body: bytes


def letter_logo(tenant: TenantCard) -> str:
    """The whole address of its logo; empty without one that programs that read mail draw."""
    is_shown = tenant.base_url and tenant.logo_path.endswith(".png")
    return f"{tenant.base_url.rstrip('/')}{tenant.logo_path}" if is_shown else ""
