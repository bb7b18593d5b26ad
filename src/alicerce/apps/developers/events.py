"""Facts of developers."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime

from alicerce.kernel.events import Event


class ApiKeyCreated(Event):
    """A program got a way in. Never the secret, nor what would help to guess it."""

    name: ClassVar[str] = "api_key.created"
    description: ClassVar = _("Uma chave da API foi criada.")

    api_key_id: UUID
    mode: str
    scopes: tuple[str, ...]
    expires_at: AwareDatetime | None


class ApiKeyRotated(Event):
    """Another key took this one's place; this one opens until then."""

    name: ClassVar[str] = "api_key.rotated"
    description: ClassVar = _(
        "Uma chave da API foi trocada por outra; a antiga ainda vale um tempo."
    )

    api_key_id: UUID
    replaced_by_id: UUID
    valid_until: AwareDatetime


class ApiKeyRevoked(Event):
    name: ClassVar[str] = "api_key.revoked"
    description: ClassVar = _("Uma chave da API foi revogada.")

    api_key_id: UUID


class CleaningDue(Event):
    """It is time to forget old calls, answers and tokens of this company."""

    name: ClassVar[str] = "developers.cleaning_due"
    is_internal: ClassVar[bool] = True
