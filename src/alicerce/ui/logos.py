"""A logo, as it looks on light and on dark."""

from dataclasses import dataclass

from alicerce.ui.component import Component


@dataclass(frozen=True)
class LogoPreview(Component):
    template = "ui/logo_preview.html"

    url: str
    name: str
