"""Facts of privacy."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class ExportRequested(Event):
    """Somebody wants a copy of their data."""

    name: ClassVar[str] = "privacy.export_requested"
    is_internal: ClassVar[bool] = True

    request_id: UUID


class ErasureDue(Event):
    """The days to think it over have passed, or a law's time to keep something has."""

    name: ClassVar[str] = "privacy.erasure_due"
    is_internal: ClassVar[bool] = True

    request_id: UUID


class PersonForgotten(Event):
    """A tenant erased what it knew of somebody, but for what a law keeps."""

    name: ClassVar[str] = "privacy.person_forgotten"
    description: ClassVar = _("Os dados de uma pessoa foram apagados a pedido dela.")

    request_id: UUID
    user_id: UUID


class ConsentChanged(Event):
    """Somebody gave or took back their consent."""

    name: ClassVar[str] = "privacy.consent_changed"
    description: ClassVar = _("Uma pessoa deu ou retirou um consentimento.")

    user_id: UUID
    purpose: str
    given: bool
