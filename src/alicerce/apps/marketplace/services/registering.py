"""Register an app, change it, exchange its secret, take it back."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.marketplace.errors import (
    NoSecretHere,
    NoSuchApplication,
    TooManyApplications,
)
from alicerce.apps.marketplace.events import ApplicationWithdrawn
from alicerce.apps.marketplace.models import Application, ClientSecret
from alicerce.apps.marketplace.models.application import written
from alicerce.apps.marketplace.types import (
    MOST_APPLICATIONS,
    ApplicationForm,
    ApplicationKind,
    Registered,
)
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def register_application(
    *, form: ApplicationForm, kind: ApplicationKind, by: UUID, at: datetime
) -> Registered:
    """An app and, if it can keep one, its secret, which is never known again.

    Raises TooManyApplications.
    """
    if Application.objects.live().count() >= MOST_APPLICATIONS:
        raise TooManyApplications
    app = Application.objects.create(kind=kind.value, made_by=by, **written(form))
    secret = ClientSecret.objects.mint(app, by) if app.is_confidential else ""
    _record("application.registered", app, after={"kind": app.kind, **written(form)}, at=at)
    return Registered(app.id, secret)


@transaction()
def change_application(*, application_id: UUID, form: ApplicationForm, at: datetime) -> None:
    """Who installed it keeps what they agreed to, and no more. Raises NoSuchApplication."""
    app = _lock(application_id)
    if before := app.change(form):
        after = {name: getattr(app, name) for name in before}
        _record("application.changed", app, before=before, after=after, at=at)


@transaction()
def rotate_client_secret(
    *, application_id: UUID, by: UUID, overlap: timedelta, at: datetime
) -> str:
    """A new secret; the one before proves the app for the overlap yet, any older one no more.

    Raises NoSuchApplication, NoSecretHere.
    """
    app = _lock(application_id)
    if not app.is_confidential:
        raise NoSecretHere
    live = list(ClientSecret.objects.live(at=at).filter(application=app).order_by("-id"))
    for latest in live[:1]:
        latest.give_way(until=at + overlap)
    for older in live[1:]:
        older.revoke(at=at)
    until = (at + overlap).isoformat()
    _record("application.secret_rotated", app, after={"until": until}, at=at)
    return ClientSecret.objects.mint(app, by)


@transaction()
def withdraw_application(*, application_id: UUID, at: datetime) -> None:
    """It opens nothing any more, here or elsewhere. Raises NoSuchApplication."""
    app = _lock(application_id)
    app.withdraw(at=at)
    for secret in ClientSecret.objects.live(at=at).filter(application=app):
        secret.revoke(at=at)
    _record("application.withdrawn", app, at=at)
    publish(ApplicationWithdrawn(at=at, application_id=app.id))


def _lock(application_id: UUID) -> Application:
    try:
        return Application.objects.live().lock(application_id)
    except Application.DoesNotExist:
        raise NoSuchApplication from None


def _record(action: str, app: Application, *, at: datetime, **values: Any) -> None:
    audit.record(action=action, entity="application", entity_id=app.id, at=at, **values)
