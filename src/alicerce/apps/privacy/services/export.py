"""Make somebody a copy of their data, hand it out, throw it away."""

import json
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alicerce.apps.customers import public as customers
from alicerce.apps.identity import public as identity
from alicerce.apps.privacy.errors import ExportGone
from alicerce.apps.privacy.models import Export, PrivacyRequest
from alicerce.apps.privacy.rules import LINK_LIVES, MOST_BYTES
from alicerce.apps.privacy.services.ask import note, write_to_person
from alicerce.apps.privacy.services.holders import HOLDERS, PERSON, subjects_of
from alicerce.apps.privacy.types import RequestStatus
from alicerce.apps.support import public as support
from alicerce.kernel.db import transaction
from alicerce.kernel.personal import Told
from alicerce.kernel.spreadsheets import as_csv

README = _(
    "Cópia dos seus dados pessoais. O arquivo dados.json traz tudo, em formato para programas; cada"
    " arquivo .csv é uma das tabelas, para planilhas. Instantes estão em UTC e valores em centavos."
)


@transaction()
def build_export(*, request_id: UUID, at: datetime) -> None:
    """Pack everything known of whoever asked, once. Safe to repeat."""
    request = PrivacyRequest.objects.lock(request_id)
    if request.status != RequestStatus.OPEN:
        return None
    person = identity.person(request.user_id)
    with translation.override(person.locale if person else None):
        content = archive_of(tables=told_of(user_id=request.user_id))
    if len(content) > MOST_BYTES:
        return _leave_to_people(request, at)
    Export.pack(content, request=request, at=at, until=at + LINK_LIVES)
    request.close(RequestStatus.DONE, at=at)
    note(request=request, what="answered", at=at)
    return write_to_person(request=request, template="export_ready", at=at)


def told_of(*, user_id: UUID) -> list[Told]:
    sole = customers.sole_customers_of(user_id)
    subjects = subjects_of(user_id=user_id, customer_ids=sole)
    return [told for holder in (PERSON, *HOLDERS) for told in holder.told_of(subjects)]


def archive_of(*, tables: Sequence[Told]) -> bytes:
    packed = BytesIO()
    everything = {told.name: {"sobre": str(told.about), "linhas": told.rows} for told in tables}
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("LEIA-ME.txt", f"{README}\n")
        archive.writestr("dados.json", _json(everything))
        for told in tables:
            archive.writestr(f"{told.name}.csv", _csv(told))
    return packed.getvalue()


@transaction()
def hand_out(*, export_id: UUID, user_id: UUID, at: datetime) -> bytes | None:
    """The archive, to whom it is about; None to anybody else. Raises ExportGone."""
    export = Export.objects.filter(pk=export_id, request__user_id=user_id).first()
    if export is None:
        return None
    if at >= export.expires_at:
        raise ExportGone
    note(request=export.request, what="handed_out", at=at)
    content: bytes = export.content()
    return content


@transaction()
def throw_away(*, at: datetime) -> int:
    """How many archives of the current tenant had expired."""
    gone, _ = Export.objects.filter(expires_at__lte=at).delete()
    return gone


def _leave_to_people(request: PrivacyRequest, at: datetime) -> None:
    support.open_ticket(
        subject=f"Cópia de dados grande demais, protocolo {request.protocol}",
        body="O arquivo passa do limite. Entregue a cópia por outro meio, dentro do prazo.",
        key=f"privacy:{request.id}",
        entity="privacy_request",
        entity_id=request.id,
        at=at,
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def _csv(told: Told) -> str:
    lines = [list(told.rows[0]), *(row.values() for row in told.rows)]
    return as_csv(([_text(value) for value in line] for line in lines), delimiter=",")


def _text(value: Any) -> str:
    return "" if value is None else str(value)
