"""Apps that the current company publishes, and those that it installed."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from alicerce.apps.marketplace.errors import NoSuchApplication, NoSuchInstallation
from alicerce.apps.marketplace.models import Application, ClientSecret, Grant, Installation
from alicerce.apps.marketplace.types import ApplicationView, InstallationView, SecretView
from alicerce.kernel.db import transaction

PAGE = 50


@transaction()
def applications() -> list[ApplicationView]:
    """Those that are published, newest first. A company has few."""
    return [app.view() for app in Application.objects.live().order_by("-id")]


@transaction()
def application(application_id: UUID) -> ApplicationView:
    """Raises NoSuchApplication."""
    found = Application.objects.live().filter(pk=application_id).first()
    if found is None:
        raise NoSuchApplication
    return found.view()


@transaction()
def live_secrets(application_id: UUID, *, at: datetime) -> list[SecretView]:
    """One or, while it is exchanged, two; the newest first."""
    live = ClientSecret.objects.live(at=at).filter(application=application_id)
    return [secret.view() for secret in live.order_by("-id")]


@transaction()
def installations(*, before: UUID | None = None, limit: int = PAGE) -> list[InstallationView]:
    """Those of today and of before, newest first."""
    rows = Installation.objects.filter(id__lt=before) if before else Installation.objects.all()
    return [row.view() for row in rows.order_by("-id")[:limit]]


@transaction()
def installation(installation_id: UUID) -> InstallationView:
    """Raises NoSuchInstallation."""
    found = Installation.objects.filter(pk=installation_id).first()
    if found is None:
        raise NoSuchInstallation
    yeses = Grant.objects.filter(installation=found, revoked_at=None)
    return found.view(ends_at=yeses.aggregate(last=Max("ends_at"))["last"])
