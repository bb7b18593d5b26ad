"""Authorisations of Pix Automático by the Central Bank's API."""

import json
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache

from alicerce.apps.billing.ports import GatewayConfig
from alicerce.apps.collecting.ports import MandateOrder, Shown, Standing
from alicerce.apps.collecting.types import AppStep, EndedBy, MandateStatus
from alicerce.kernel.brazil import Document
from alicerce.vendors.pix.automatic import PixAutomaticClient
from alicerce.vendors.pix.outcomes import PixRefusal
from alicerce.vendors.pix.recurring import (
    ConfirmationRequest,
    PayerAccount,
    Recurrence,
    RecurrenceStatus,
    RecurrenceTerms,
    RequestStatus,
    names_told,
)
from alicerce.vendors.pix.settings import PixSettings

STANDS = {
    RecurrenceStatus.APPROVED: MandateStatus.APPROVED,
    RecurrenceStatus.REJECTED: MandateStatus.REJECTED,
    RecurrenceStatus.EXPIRED: MandateStatus.EXPIRED,
    RecurrenceStatus.CANCELED: MandateStatus.ENDED,
}
STEPS = {
    RequestStatus.CREATED: AppStep.SENT,
    RequestStatus.SENT: AppStep.SENT,
    RequestStatus.RECEIVED: AppStep.RECEIVED,
    RequestStatus.ACCEPTED: AppStep.ACCEPTED,
}
REFUSED = {
    RequestStatus.REJECTED: MandateStatus.REJECTED,
    RequestStatus.EXPIRED: MandateStatus.EXPIRED,
    RequestStatus.CANCELED: MandateStatus.EXPIRED,
}
"""What became of a request that was not agreed to; one that we cancel is over here already."""
PAYERS_SIDE = {"USUARIO_PAGADOR": EndedBy.CUSTOMER, "USUARIO_RECEBEDOR": EndedBy.COMPANY}
BEFORE, AFTER = timedelta(days=370), timedelta(days=1)
"""What is looked for by its contract may have been made while a sandbox's clock said another day."""


class PixAuthorizer:
    """A notice is a hint: the PSP is asked before anything is believed."""

    def __init__(self, client: PixAutomaticClient) -> None:
        self._client = client

    def make_place(self) -> int:
        return self._client.make_location().id

    def make(self, order: MandateOrder) -> Standing:
        assert order.location is not None
        made = self._client.make_recurrence(
            _terms(order), location=order.location, first_txid=order.first_txid
        )
        return self._standing(order, made.id)

    def find(self, order: MandateOrder) -> Standing | None:
        name = order.name or self._name_of(order)
        return self._standing(order, name) if name else None

    def show(self, order: MandateOrder) -> None:
        assert order.bank is not None
        bank, document = order.bank, _document(order)
        account = PayerAccount(bank.bank, bank.branch, bank.number, document)
        self._client.request_confirmation(order.name, account=account, until=bank.until)

    def end(self, name: str) -> None:
        self._stop_showing(name)
        try:
            self._client.end_recurrence(name)
        except PixRefusal:
            found = self._client.get_recurrence(name)
            if found is not None and found.status not in {
                RecurrenceStatus.CANCELED,
                RecurrenceStatus.REJECTED,
                RecurrenceStatus.EXPIRED,
            }:
                raise

    def retry(self, txid: str, *, on: date) -> None:
        try:
            self._client.retry_debit(txid, on=on)
        except PixRefusal:
            found = self._client.get_debit(txid)
            if found is None or on not in {one.on for one in found.tries}:
                raise

    def _stop_showing(self, name: str) -> None:
        """Its payer may have answered meanwhile: ending the authorisation says what is true then."""
        found = self._client.get_recurrence(name)
        for request in found.requests if found else ():
            if request.is_awaited:
                with suppress(PixRefusal):
                    self._client.cancel_request(request.id)

    def _name_of(self, order: MandateOrder) -> str:
        every = self._client.recurrences(
            document=_document(order),
            start=order.asked_at - BEFORE,
            end=order.asked_at + AFTER,
        )
        return next((one.id for one in every if one.contract == order.contract), "")

    def _standing(self, order: MandateOrder, name: str) -> Standing:
        found = self._client.get_recurrence(name, txid=order.code_txid)
        return Standing(name, None) if found is None else _told(found, order)


def mandates_named(raw: bytes) -> tuple[str, ...]:
    """Recurrences and their debits."""
    try:
        return names_told(raw)
    except ValueError:
        return ()


def _told(found: Recurrence, order: MandateOrder) -> Standing:
    status = STANDS.get(RecurrenceStatus(found.status)) if _is_known(found) else None
    by = PAYERS_SIDE.get(found.ended_by, EndedBy.BANK) if status else None
    request = _request_of(found) if order.is_in_app else None
    if request is None:
        return Standing(found.id, status, found.code, found.why, by)
    refused = None if status else _refused(request)
    step = _step(request)
    shown = Shown(request.id, step)
    return Standing(
        found.id, status or refused, found.code, found.why, by, shown, bool(refused)
    )


def _request_of(found: Recurrence) -> ConfirmationRequest | None:
    """The one that is awaited, or else the last. Its PSP lists them in no order that is promised."""
    awaited = [one for one in found.requests if one.is_awaited]
    return next(iter([*awaited, *reversed(found.requests)]), None)


def _refused(request: ConfirmationRequest) -> MandateStatus | None:
    return next((to for said, to in REFUSED.items() if said == request.status), None)


def _step(request: ConfirmationRequest) -> AppStep | None:
    return next((to for said, to in STEPS.items() if said == request.status), None)


def _is_known(found: Recurrence) -> bool:
    return found.status in set(RecurrenceStatus)


def _terms(order: MandateOrder) -> RecurrenceTerms:
    return RecurrenceTerms(
        contract=order.contract,
        object=order.object,
        payer=order.customer.name,
        document=_document(order),
        starts_on=order.starts_on,
        fixed=order.fixed,
        floor=order.floor,
    )


def _document(order: MandateOrder) -> Document:
    return Document(order.customer.document_kind, order.customer.document)


@lru_cache(maxsize=256)
def open_pix_authorizer(config: GatewayConfig) -> PixAuthorizer:
    """One client per account and process: it keeps its connections and its token."""
    settings, secrets = json.loads(config.settings), json.loads(config.credentials)
    return PixAuthorizer(
        PixAutomaticClient(
            PixSettings(
                base_url=config.base_url,
                token_url=config.token_url,
                client_id=secrets["client_id"],
                client_secret=secrets["client_secret"],
                client_cert_pem=secrets["client_cert_pem"],
                client_key_pem=secrets["client_key_pem"],
                ca_pem=secrets.get("ca_pem"),
                pix_key=settings["pix_key"],
                extra_headers=secrets.get("extra_headers", {}),
                quirks=tuple(settings.get("quirks", ())),
            )
        )
    )
