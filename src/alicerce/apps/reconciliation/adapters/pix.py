"""A PSP's list of received Pix, with what of each went back. What it pays out is the bank's own statement."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from alicerce.apps.billing.ports import GatewayConfig, ProviderPayment, ProviderRefund
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.billing.types.corrections import RefundStatus
from alicerce.apps.reconciliation.ports import Sheet, Told, ToldPayout
from alicerce.apps.reconciliation.types import MovementKind, ToldStatus
from alicerce.vendors.pix.client import PixClient
from alicerce.vendors.pix.settings import PixSettings
from alicerce.vendors.pix.wire import ReceivedPix, Refund

PROVIDER = "pix"
ENDS = {
    "DEVOLVIDO": (ToldStatus.DONE, RefundStatus.SUCCEEDED),
    "NAO_REALIZADO": (ToldStatus.FAILED, RefundStatus.FAILED),
}
UNDER_WAY = (ToldStatus.PENDING, RefundStatus.PENDING)


class PixStatement:
    """Several accounts may share one sign-in: a key that is not ours is somebody else's money."""

    def __init__(self, client: PixClient, *, pix_key: str) -> None:
        self._client = client
        self._pix_key = pix_key

    def movements(self, since: datetime, until: datetime, after: str) -> Sheet[Told]:
        page = int(after or 0)
        found, pages = self._client.pix_page(start=since, end=until, page=page)
        more = str(page + 1) if page + 1 < pages else ""
        return Sheet([told for pix in found if self._is_ours(pix) for told in _told(pix)], more)

    def payouts(self, since: datetime, after: str) -> Sheet[ToldPayout]:
        return Sheet([], "")

    def parts(self, payout_id: str, after: str) -> Sheet[Told]:
        return Sheet([], "")

    def find_payment(self, reference: str) -> Told | None:
        pix = self._client.get_pix(reference)
        return _payment(pix) if pix and self._is_ours(pix) else None

    def find_refund(self, reference: str, payment_reference: str) -> Told | None:
        pix = self._client.get_pix(payment_reference)
        refunds = pix.refunds if pix else ()
        found = (_refund(pix, one) for one in refunds if pix and one.id == reference)
        return next(found, None)

    def _is_ours(self, pix: ReceivedPix) -> bool:
        return pix.key in {None, self._pix_key}


def _told(pix: ReceivedPix) -> Iterator[Told]:
    yield _payment(pix)
    yield from (_refund(pix, one) for one in pix.refunds)


def _payment(pix: ReceivedPix) -> Told:
    return Told(
        kind=MovementKind.PAYMENT,
        external_id=pix.e2eid,
        reference=pix.e2eid,
        amount=pix.amount,
        fee=0,
        net=pix.amount.cents,
        status=ToldStatus.DONE,
        happened_at=pix.at,
        payment=ProviderPayment(
            provider=PROVIDER,
            reference=pix.e2eid,
            read_as=f"pix:{pix.e2eid}",
            method=PaymentMethod.PIX,
            amount=pix.amount,
            paid_at=pix.at,
            external_id=pix.txid or "",
        ),
    )


def _refund(pix: ReceivedPix, one: Refund) -> Told:
    status, booked_as = ENDS.get(one.status, UNDER_WAY)
    return Told(
        kind=MovementKind.REFUND,
        external_id=f"{pix.e2eid}:{one.id}",
        reference=one.id,
        amount=one.amount,
        fee=0,
        net=-one.amount.cents if status == ToldStatus.DONE else 0,
        status=status,
        happened_at=pix.at,
        payment_reference=pix.e2eid,
        refund=ProviderRefund(
            external_id=one.id,
            payment_reference=pix.e2eid,
            amount=one.amount,
            status=booked_as,
            detail=one.why,
        ),
    )


@lru_cache(maxsize=256)
def pix_statement(config: GatewayConfig) -> PixStatement:
    """One client per account and process: it keeps its connections and its token."""
    settings, secrets = json.loads(config.settings), json.loads(config.credentials)
    client = PixClient(
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
    return PixStatement(client, pix_key=settings["pix_key"])
