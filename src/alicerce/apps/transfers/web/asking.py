"""Asking for a transfer, and for another examination: the same form wherever it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alicerce.apps.hosting.errors import ServiceNotActive, UnknownAccount
from alicerce.apps.transfers.errors import (
    BadSourceCertificate,
    SourceNotAllowed,
    TokenNeeded,
    TransferAlreadyOpen,
)
from alicerce.apps.transfers.services.request_transfer import (
    examine_again,
    request_transfer,
)
from alicerce.apps.transfers.types import Correction, NewTransfer
from alicerce.apps.transfers.web.forms import ExamineFields, NewFields, SourceFields
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, Span, form_field
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page
from alicerce.ui.panels import Note
from alicerce.ui.shell import ShellName

FIELDS: dict[type[Refused], str] = {
    SourceNotAllowed: "host",
    BadSourceCertificate: "certificate",
    TokenNeeded: "token",
    ServiceNotActive: "domain",
    UnknownAccount: "domain",
    TransferAlreadyOpen: "domain",
}
NARROW: dict[str, Span] = {"host": 4, "port": 2, "login": 3, "username": 3}


def asked(form: NewFields, service_id: UUID) -> UUID | None:
    """The transfer that was asked for; None when it was refused, and the form says why."""
    wanted = NewTransfer(
        service_id, form.source(), form.cleaned_data["token"], form.cleaned_data["note"]
    )
    return _tried(form, lambda: request_transfer(wanted=wanted, at=now()))


def examined_again(form: ExamineFields, transfer_id: UUID) -> UUID | None:
    correction = Correction(form.source(), form.cleaned_data["token"])

    def ask() -> UUID:
        examine_again(transfer_id=transfer_id, correction=correction, at=now())
        return transfer_id

    return _tried(form, ask)


def _tried(form: SourceFields, ask: Callable[[], UUID]) -> UUID | None:
    try:
        return ask()
    except Refused as refused:
        field = FIELDS.get(type(refused))
        form.add_error(field if field in form.fields else None, str(refused))
        return None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form stands: on which surface, under which trail, and where one goes who leaves it."""

    surface: ShellName
    title: str
    button: str
    back: str
    crumbs: Sequence[Crumb]


def form_page(form: SourceFields, place: Place) -> Page:
    fields: list[Content] = [
        form_field(bound, span=NARROW.get(bound.name, 6)) for bound in form
    ]
    actions = [Button(place.button, variant="primary"), LinkButton(_("Cancelar"), place.back)]
    body = Form("", fields, actions, FormErrors(form) if form.errors else "")
    return Page(
        place.title,
        place.surface,
        [_how_it_works(), Card([body])],
        breadcrumbs=place.crumbs,
        status=422 if form.errors else 200,
        width="narrow",
    )


def _how_it_works() -> Note:
    return Note(
        "",
        _(
            "Examinamos a origem só com leituras e comparamos com o destino. "
            "Se nada impede, uma pessoa da equipe move a conta."
        ),
        title=_("Como funciona"),
    )
