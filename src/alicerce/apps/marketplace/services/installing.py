"""Let an app into the current company, and put it out."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.corrections import public as corrections
from alicerce.apps.developers import public as developers
from alicerce.apps.developers.types import Mode
from alicerce.apps.marketplace.errors import NoSuchInstallation
from alicerce.apps.marketplace.events import AppInstalled, AppUninstalled
from alicerce.apps.marketplace.models import Grant, Installation
from alicerce.apps.marketplace.types import Yes
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def install_app(*, yes: Yes, at: datetime) -> UUID:
    """The app may do what was agreed to. Agreed to again, it may do just that from then on.

    For tests it may do it in the company's sandbox, which opens with the first that wants it.
    """
    if yes.mode is Mode.TEST:
        developers.open_sandbox(at=at)
    there = Installation.objects.live().filter(application_id=yes.app.id, mode=yes.mode)
    known = there.select_for_update(of=("self",), no_key=True).first()
    installation = known or _new(yes, at)
    before = {"scopes": known.scopes} if known else None
    if known:
        known.agree(yes.scopes, by=yes.by, at=at)
    audit.record(
        action="app.installed",
        entity="installation",
        entity_id=installation.id,
        before=before,
        after={
            "app": yes.app.id,
            "name": yes.app.name,
            "mode": yes.mode.value,
            "scopes": installation.scopes,
        },
        at=at,
    )
    publish(
        AppInstalled(
            at=at,
            app_id=yes.app.id,
            installation_id=installation.id,
            app_name=installation.app_name,
            scopes=tuple(installation.scopes),
            mode=installation.mode,
        )
    )
    return UUID(str(installation.id))


@transaction()
def uninstall_app(*, installation_id: UUID, at: datetime) -> None:
    """The app opens nothing here any more. Safe to repeat. Raises NoSuchInstallation."""
    try:
        installation = Installation.objects.lock(installation_id)
    except Installation.DoesNotExist:
        raise NoSuchInstallation from None
    _put_out(installation, at)


@transaction()
def uninstall_withdrawn(*, application_id: UUID, at: datetime) -> None:
    """Its publisher took it back: it goes from the current company. Safe to repeat."""
    there = Installation.objects.live().filter(application_id=application_id)
    for installation in there.select_for_update(of=("self",), no_key=True):
        _put_out(installation, at)


def _new(yes: Yes, at: datetime) -> Installation:
    installation: Installation = Installation.objects.create(
        application_id=yes.app.id,
        app_name=yes.app.name,
        publisher=yes.app.publisher,
        mode=yes.mode.value,
        scopes=sorted(yes.scopes),
        installed_by=yes.by,
        installed_at=at,
    )
    return installation


def _put_out(installation: Installation, at: datetime) -> None:
    if not installation.uninstall(at=at):
        return
    Grant.objects.filter(installation=installation, revoked_at=None).update(revoked_at=at)
    corrections.cancel_requested_by(requester=f"app:{installation.application_id}", at=at)
    audit.record(
        action="app.uninstalled",
        entity="installation",
        entity_id=installation.id,
        before={"app": installation.application_id, "name": installation.app_name},
        at=at,
    )
    publish(
        AppUninstalled(
            at=at,
            app_id=installation.application_id,
            installation_id=installation.id,
            app_name=installation.app_name,
        )
    )
