"""Pix by the Central Bank's API, at whichever PSP the account is."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from alicerce.apps.billing.adapters import pix_automatic
from alicerce.apps.billing.adapters.pix_due import due_payer, paid_parts, told
from alicerce.apps.billing.ports import (
    ChargeOrder,
    ChargeRequested,
    GatewayConfig,
    ProviderPayment,
    ProviderRefund,
    Reading,
    RefundOrder,
)
from alicerce.apps.billing.types import ChargeStatus, PaymentMethod
from alicerce.apps.billing.types.corrections import RefundStatus
from alicerce.apps.billing.types.due import DueTerms
from alicerce.kernel.brazil import Document
from alicerce.kernel.http import Refusal, Unknown
from alicerce.vendors.pix import brcode
from alicerce.vendors.pix.automatic import PixAutomaticClient
from alicerce.vendors.pix.client import Payer
from alicerce.vendors.pix.due import DueCharge
from alicerce.vendors.pix.outcomes import PixRefusal
from alicerce.vendors.pix.recurring import names_in
from alicerce.vendors.pix.settings import PixSettings
from alicerce.vendors.pix.txid import txid_for
from alicerce.vendors.pix.valor import write_valor
from alicerce.vendors.pix.wire import (
    ACTIVE,
    PAID,
    Charge,
    Garbled,
    ReceivedPix,
    Refund,
    read_callback,
)

PROVIDER = "pix"
AnyCharge = Charge | DueCharge
WENT_BACK = {"DEVOLVIDO": RefundStatus.SUCCEEDED, "NAO_REALIZADO": RefundStatus.FAILED}


class PixGateway:
    """The txid is ours and the same for the same attempt, so nothing is ever asked twice."""

    def __init__(
        self,
        client: PixAutomaticClient,
        *,
        receiver: str = "",
        city: str = "",
        pix_key: str = "",
        debited_into: Mapping[str, str] | None = None,
    ) -> None:
        self._client = client
        self._receiver = receiver
        self._city = city
        self._pix_key = pix_key
        self._debited_into = debited_into

    def external_id(self, order: ChargeOrder) -> str:
        return txid_for(order.tenant_id, order.invoice_id, order.attempt)

    def request(self, order: ChargeOrder) -> ChargeRequested:
        _check_payable(order)
        if order.debit:
            debit = pix_automatic.put_debit(
                self._client, order, order.debit, self._debited_into
            )
            return pix_automatic.requested(debit)
        if order.due:
            return self._requested(self._put_due(order, order.due), order)
        made = self._client.put_charge(
            txid=order.external_id,
            amount=order.amount,
            expires_in_seconds=int((order.expires_at - order.begun_at).total_seconds()),
            payer=Payer(
                order.payer.name, Document(order.payer.document_kind, order.payer.document)
            ),
            text=order.description,
        )
        return self._requested(made, order)

    def find(self, order: ChargeOrder) -> Reading | None:
        if order.debit:
            return self._debited(order.external_id)
        ask = self._client.get_due_charge if order.due else self._client.get_charge
        found = ask(order.external_id)
        return None if found is None else self._reading(found, order)

    def withdraw(self, order: ChargeOrder) -> None:
        if order.debit:
            self._client.cancel_debit(order.external_id)
            return
        remove = self._client.remove_due_charge if order.due else self._client.remove_charge
        remove(order.external_id)

    def refund_name(self, order: RefundOrder) -> str:
        return txid_for(order.tenant_id, order.payment_reference, order.refund_id)

    def refund(self, order: RefundOrder) -> ProviderRefund:
        """A PSP refuses a name that it knows: after a lost answer it is asked what became of it."""
        try:
            made = self._client.put_refund(
                e2eid=order.payment_reference,
                refund_id=order.external_id,
                amount=order.amount,
                text=order.description,
            )
        except PixRefusal as refusal:
            known = self.find_refund(order)
            if known is None:
                raise refusal from None
            return known
        return _refund(made, order.payment_reference)

    def find_refund(self, order: RefundOrder) -> ProviderRefund | None:
        found = self._client.get_refund(
            e2eid=order.payment_reference, refund_id=order.external_id
        )
        return None if found is None else _refund(found, order.payment_reference)

    def readings_in(self, raw: bytes) -> tuple[str, ...]:
        try:
            told = read_callback(raw)
        except Garbled as trouble:
            raise Refusal("unreadable callback") from trouble
        debits = names_in(json.loads(raw), "cobsr", "txid")
        names = [*map(_name_of, told), *(f"cobr:{txid}" for txid in debits)]
        return tuple(dict.fromkeys(names))

    def read(self, name: str) -> Reading:
        if name.startswith("cobr:"):
            return self._debited(name.removeprefix("cobr:")) or Reading()
        pix = self._client.get_pix(name.removeprefix("pix:"))
        if pix is None:
            return Reading()
        payments = tuple(self._payments([pix]))
        refunds = pix.refunds if payments else ()
        return Reading(
            payments=payments, refunds=tuple(_refund(one, pix.e2eid) for one in refunds)
        )

    def readings_since(self, since: datetime, until: datetime) -> Iterator[str]:
        return map(_name_of, self._client.list_pix(start=since, end=until))

    def register_hook(self, url: str) -> str:
        self._client.put_webhook(url)
        if self._debited_into:
            self._client.put_automatic_webhooks(url)
        return ""

    def _debited(self, txid: str) -> Reading | None:
        debit = self._client.get_debit(txid)
        if debit is None:
            return None
        status = pix_automatic.status_of(debit)
        return Reading(
            payments=tuple(self._payments(debit.payments)),
            charge=pix_automatic.requested(debit),
            status=status,
            error=pix_automatic.error_of(debit) if status else "",
            tries=pix_automatic.tries_of(debit),
        )

    def _put_due(self, order: ChargeOrder, due: DueTerms) -> DueCharge:
        return self._client.put_due_charge(
            txid=order.external_id,
            amount=order.amount,
            terms=told(due),
            payer=due_payer(order),
            text=order.description,
        )

    def _reading(self, charge: AnyCharge, order: ChargeOrder) -> Reading:
        return Reading(
            payments=tuple(self._payments(charge.payments)),
            charge=self._requested(charge, order),
            status=_status(charge),
        )

    def _requested(self, charge: AnyCharge, order: ChargeOrder) -> ChargeRequested:
        """Until when one with a due date can be paid is told by its days, which we counted already."""
        return ChargeRequested(
            external_id=charge.txid,
            expires_at=charge.expires_at if isinstance(charge, Charge) else order.expires_at,
            pix_code=self._code(charge),
        )

    def _code(self, charge: AnyCharge) -> str:
        """Never show a code that banks would not read."""
        if not charge.copy_paste and not charge.location:
            raise Unknown("PSP: a charge without a code")
        try:
            code = charge.copy_paste or brcode.dynamic(
                url=str(charge.location), receiver=self._receiver, city=self._city
            )
            brcode.parse(code)
        except brcode.BadBrCode as trouble:
            raise Unknown("PSP: an unreadable BR Code") from trouble
        return code

    def _payments(self, received: Any) -> Iterator[ProviderPayment]:
        """Several accounts may share one sign-in; a key that is not ours is somebody else's money."""
        for pix in received:
            if pix.key in {None, self._pix_key}:
                yield ProviderPayment(
                    provider=PROVIDER,
                    reference=pix.e2eid,
                    read_as=_name_of(pix),
                    method=PaymentMethod.PIX,
                    amount=pix.amount,
                    paid_at=pix.at,
                    external_id=pix.txid or "",
                    parts=paid_parts(pix),
                )


def _refund(said: Refund, e2eid: str) -> ProviderRefund:
    return ProviderRefund(
        external_id=said.id,
        payment_reference=e2eid,
        amount=said.amount,
        status=WENT_BACK.get(said.status, RefundStatus.PENDING),
        detail=said.why,
        by_rule=said.is_by_rule,
    )


def _check_payable(order: ChargeOrder) -> None:
    if order.renewal:
        raise Refusal("an immediate Pix charge does not renew itself")
    try:
        write_valor(order.amount)
    except ValueError as trouble:
        raise Refusal(str(trouble)) from trouble


def _name_of(pix: ReceivedPix) -> str:
    return f"pix:{pix.e2eid}"


def _status(charge: AnyCharge) -> ChargeStatus | None:
    """Whether time is up is for the clock to say; what remains is whether it can be paid at all."""
    if charge.status in {ACTIVE, PAID}:
        return None
    return ChargeStatus.EXPIRED


@lru_cache(maxsize=256)
def open_pix(config: GatewayConfig) -> PixGateway:
    """One client per account and process: it keeps its connections and its token."""
    settings, secrets = json.loads(config.settings), json.loads(config.credentials)
    client = PixAutomaticClient(
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
    return PixGateway(
        client,
        receiver=settings.get("receiver", ""),
        city=settings.get("city", ""),
        pix_key=settings["pix_key"],
        debited_into=settings.get("automatic"),
    )
