"""Facts of marketplace."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class AppInstalled(Event):
    """Somebody gave it access to this company, or other access than it had."""

    name: ClassVar[str] = "app.installed"
    description: ClassVar = _("Um aplicativo recebeu acesso à empresa.")

    app_id: UUID
    installation_id: UUID
    app_name: str
    scopes: tuple[str, ...]
    mode: str = "live"


class AppUninstalled(Event):
    name: ClassVar[str] = "app.uninstalled"
    description: ClassVar = _("Um aplicativo perdeu o acesso à empresa.")

    app_id: UUID
    installation_id: UUID
    app_name: str


class ApplicationWithdrawn(Event):
    """Its publisher took it back: whoever installed it has it no more."""

    name: ClassVar[str] = "application.withdrawn"
    is_internal: ClassVar[bool] = True

    application_id: UUID
