"""Apps of any company, as everybody may see them, and where their tokens are kept."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from alicerce.apps.marketplace.errors import NoSuchApplication
from alicerce.apps.marketplace.models import Application
from alicerce.apps.marketplace.types import ApplicationKind, Face
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.tokens import digest

PUBLISHER = "select publisher_of(%s)"
CODE = "select tenant_id, grant_id from grant_of_code(%s)"
ISSUED = "select tenant_id, token_id from app_token_of(%s)"
COMPANIES = "select tenant_id from companies_with_app(%s)"


@dataclass(frozen=True, slots=True)
class Place:
    """A row, and the company whose it is."""

    tenant_id: UUID
    id: UUID


def face_of(application_id: UUID) -> Face:
    """An app that can be installed now. Raises NoSuchApplication."""
    publisher_id = _found(PUBLISHER, application_id)
    if publisher_id is None:
        raise NoSuchApplication
    with acting(tenant_id=publisher_id), transaction():
        app = Application.objects.live().filter(pk=application_id).first()
        if app is None or not tenancy.is_open(publisher_id):
            raise NoSuchApplication
        return _face(app, publisher_id, tenancy.tenant_card().name)


def face_named(client_id: str) -> Face:
    """The same, by what a program says that it is. Raises NoSuchApplication."""
    try:
        return face_of(UUID(client_id))
    except ValueError:
        raise NoSuchApplication from None


def place_of_code(code: str) -> Place | None:
    return _place(CODE, code)


def place_of_token(token: str) -> Place | None:
    return _place(ISSUED, token)


def companies_with(application_id: UUID) -> list[UUID]:
    """Where it is installed. For taking it back, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(COMPANIES, [application_id])
        return list(dict.fromkeys(row[0] for row in cursor.fetchall()))


def _found(question: str, value: UUID) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute(question, [value])
        found: UUID | None = cursor.fetchone()[0]
    return found


def _place(question: str, secret: str) -> Place | None:
    with connection.cursor() as cursor:
        cursor.execute(question, [digest(secret)])
        found = cursor.fetchone()
    return Place(*found) if found else None


def _face(app: Application, publisher_id: UUID, publisher: str) -> Face:
    return Face(
        id=app.id,
        name=app.name,
        website=app.website,
        kind=ApplicationKind(app.kind),
        redirect_uris=tuple(app.redirect_uris),
        scopes=frozenset(app.scopes),
        publisher_id=publisher_id,
        publisher=publisher,
    )
