"""Stripe's balance, movement by movement, and its payouts."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from alicerce.apps.billing.ports import GatewayConfig, ProviderPayment, ProviderRefund
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.billing.types.corrections import RefundStatus
from alicerce.apps.reconciliation.ports import Sheet, Told, ToldPayout
from alicerce.apps.reconciliation.types import MovementKind, PayoutStatus, ToldStatus
from alicerce.kernel.money import Money
from alicerce.vendors.stripe.balance import BalanceTransaction, Payout
from alicerce.vendors.stripe.client import StripeClient
from alicerce.vendors.stripe.opening import open_client
from alicerce.vendors.stripe.outcomes import StripeRefusal

PROVIDER = "stripe"
NOT_FOUND = 404
KINDS = {
    "charge": MovementKind.PAYMENT,
    "payment": MovementKind.PAYMENT,
    "refund": MovementKind.REFUND,
    "payment_refund": MovementKind.REFUND,
    "refund_failure": MovementKind.REFUND,
    "payment_failure_refund": MovementKind.REFUND,
    "stripe_fee": MovementKind.FEE,
    "stripe_fx_fee": MovementKind.FEE,
    "tax_fee": MovementKind.FEE,
    "application_fee": MovementKind.EARNING,
    "application_fee_refund": MovementKind.EARNING,
    "payout": MovementKind.PAYOUT,
    "payout_cancel": MovementKind.PAYOUT,
    "payout_failure": MovementKind.PAYOUT,
}
REFUNDS = {
    "succeeded": ToldStatus.DONE,
    "failed": ToldStatus.FAILED,
    "canceled": ToldStatus.FAILED,
}
ENDS = {ToldStatus.DONE: RefundStatus.SUCCEEDED, ToldStatus.FAILED: RefundStatus.FAILED}


class StripeStatement:
    """Tenants may share an account at Stripe: what names another tenant is theirs."""

    def __init__(self, client: StripeClient, *, tenant_id: UUID) -> None:
        self._client = client
        self._tenant_id = str(tenant_id)

    def movements(self, since: datetime, until: datetime, after: str) -> Sheet[Told]:
        found, more = self._client.balance_page(since=since, until=until, after=after)
        return Sheet([_told(one) for one in found if self._is_ours(one)], more)

    def payouts(self, since: datetime, after: str) -> Sheet[ToldPayout]:
        found, more = self._client.payouts_page(since=since, after=after)
        return Sheet([_payout(one) for one in found], more)

    def parts(self, payout_id: str, after: str) -> Sheet[Told]:
        found, more = self._client.balance_page(payout=payout_id, after=after)
        return Sheet([_told(one) for one in found], more)

    def find_payment(self, reference: str) -> Told | None:
        return next(self._of_payment(reference), None)

    def find_refund(self, reference: str, payment_reference: str) -> Told | None:
        return next(self._of_refund(reference), None)

    def _of_payment(self, reference: str) -> Iterator[Told]:
        try:
            charge = self._client.get_payment_intent(reference).charge
        except StripeRefusal as refusal:
            if refusal.status == NOT_FOUND:
                return
            raise
        yield from self._of_source(charge, MovementKind.PAYMENT)

    def _of_refund(self, reference: str) -> Iterator[Told]:
        try:
            self._client.get_refund(reference)
        except StripeRefusal as refusal:
            if refusal.status == NOT_FOUND:
                return
            raise
        yield from self._of_source(reference, MovementKind.REFUND)

    def _of_source(self, source: str, kind: MovementKind) -> Iterator[Told]:
        if source:
            found, _more = self._client.balance_page(source=source)
            yield from (told for one in found if (told := _told(one)).kind == kind)

    def _is_ours(self, one: BalanceTransaction) -> bool:
        return one.metadata.get("tenant", self._tenant_id) == self._tenant_id


def _told(one: BalanceTransaction) -> Told:
    kind = KINDS.get(one.type, MovementKind.OTHER)
    is_refund = kind == MovementKind.REFUND
    payment = one.payment_intent or one.source
    amount = one.amount if kind != MovementKind.REFUND else abs(one.amount)
    money = Money(amount, one.currency)
    return Told(
        kind=kind,
        external_id=one.id,
        reference=payment if kind == MovementKind.PAYMENT else one.source or one.id,
        amount=money,
        fee=-one.amount if kind == MovementKind.FEE else one.fee,
        platform=one.platform_fee,
        net=one.net,
        status=_status(one) if is_refund else ToldStatus.DONE,
        happened_at=one.created,
        payment_reference=payment if is_refund else "",
        payment=_payment(one, money) if kind == MovementKind.PAYMENT else None,
        refund=_refund(one, money) if is_refund else None,
    )


def _status(one: BalanceTransaction) -> ToldStatus:
    return REFUNDS.get(one.source_status, ToldStatus.PENDING)


def _payment(one: BalanceTransaction, amount: Money) -> ProviderPayment:
    return ProviderPayment(
        provider=PROVIDER,
        reference=one.payment_intent or one.source,
        read_as=f"charge:{one.source}",
        method=PaymentMethod.CARD,
        amount=amount,
        paid_at=one.created,
        charge_id=_uuid(one, "charge"),
        invoice_id=_uuid(one, "invoice"),
    )


def _refund(one: BalanceTransaction, amount: Money) -> ProviderRefund:
    return ProviderRefund(
        external_id=one.source,
        payment_reference=one.payment_intent,
        amount=amount,
        status=ENDS.get(_status(one), RefundStatus.PENDING),
        refund_id=_uuid(one, "refund"),
    )


def _uuid(one: BalanceTransaction, mark: str) -> UUID | None:
    """Our own mark; anybody may write into metadata, so anything else is no mark."""
    try:
        return UUID(one.metadata[mark])
    except (KeyError, ValueError):
        return None


def _payout(one: Payout) -> ToldPayout:
    return ToldPayout(
        external_id=one.id,
        amount=Money(one.amount, one.currency),
        status=PayoutStatus(one.status),
        made_at=one.created,
        arrives_on=one.arrives_on,
        descriptor=one.descriptor,
        failure=one.failure,
        lists_parts=one.automatic,
    )


@lru_cache(maxsize=256)
def stripe_statement(config: GatewayConfig) -> StripeStatement:
    """One client per account and process: it keeps its connections."""
    client = open_client(config.credentials, base_url=config.base_url)
    return StripeStatement(client, tenant_id=config.tenant_id)
