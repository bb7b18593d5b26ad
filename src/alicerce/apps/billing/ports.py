"""What billing needs of the world: providers that collect money, each through its own account."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from alicerce.apps.billing.types import (
    ChargeStatus,
    GatewayKind,
    InvoiceSummary,
    PaymentMethod,
    Renewal,
)
from alicerce.apps.billing.types.cards import NO_CARD, CardUse
from alicerce.apps.billing.types.connecting import MerchantTold
from alicerce.apps.billing.types.corrections import RefundStatus
from alicerce.apps.billing.types.debits import DebitTerms, DebitTry
from alicerce.apps.billing.types.due import DueTerms, PaidParts
from alicerce.apps.customers.types import AddressCard, CustomerCard
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class GatewayConfig:
    """One account at a provider. Settings and credentials are JSON: equal text, equal account."""

    tenant_id: UUID
    account_id: UUID
    livemode: bool
    base_url: str
    token_url: str
    settings: str
    credentials: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChargeOrder:
    """What to ask of a provider. The same charge always gives an equal order."""

    charge_id: UUID
    tenant_id: UUID
    invoice_id: UUID
    attempt: int
    amount: Money
    external_id: str
    idempotency_key: str
    begun_at: datetime
    expires_at: datetime
    return_url: str
    description: str
    payer: CustomerCard
    renewal: Renewal | None
    card: CardUse = NO_CARD
    due: DueTerms | None = None
    debit: DebitTerms | None = None
    boleto_days: int | None = None
    """For how many days it can be paid by boleto, when that is how."""
    address: AddressCard | None = None
    """Of who owes it; asked for where it is wanted only."""


@dataclass(frozen=True, slots=True)
class ChargeRequested:
    """What the customer pays with."""

    external_id: str
    expires_at: datetime
    pix_code: str = ""
    redirect_url: str = ""


@dataclass(frozen=True, slots=True)
class ProviderPayment:
    """Money received, as the provider itself told when asked."""

    provider: str
    reference: str
    read_as: str
    method: PaymentMethod
    amount: Money
    paid_at: datetime | None
    external_id: str = ""
    charge_id: UUID | None = None
    invoice_id: UUID | None = None
    parts: PaidParts | None = None


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """What to give back of one payment. The same refund always gives an equal order."""

    refund_id: UUID
    tenant_id: UUID
    payment_reference: str
    amount: Money
    external_id: str
    idempotency_key: str
    description: str


@dataclass(frozen=True, slots=True)
class ProviderRefund:
    """Money going back, as the provider itself told when asked."""

    external_id: str
    payment_reference: str
    amount: Money
    status: RefundStatus
    detail: str = ""
    refund_id: UUID | None = None
    by_rule: bool = False
    """The provider's own doing: nobody here asked it to."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the provider says now of one of its objects."""

    payments: tuple[ProviderPayment, ...] = ()
    refunds: tuple[ProviderRefund, ...] = ()
    charge: ChargeRequested | None = None
    status: ChargeStatus | None = None
    error: str = ""  # why it failed, in the provider's own word
    charge_id: UUID | None = None
    tries: tuple[DebitTry, ...] = ()  # of a debit, oldest first


class Gateway(Protocol):
    """An account at a provider. Whatever calls out raises Refusal, Unavailable or Unknown."""

    def external_id(self, order: ChargeOrder) -> str:
        """The name the charge will have at the provider; empty when the provider names it."""

    def request(self, order: ChargeOrder) -> ChargeRequested:
        """Make the charge. The same order again gives the same charge, never a second one."""

    def find(self, order: ChargeOrder) -> Reading | None:
        """The charge as the provider has it now; None when it has none, or only repeating can tell."""

    def withdraw(self, order: ChargeOrder) -> None:
        """Close a charge that nobody should pay any more, where the provider can."""

    def refund_name(self, order: RefundOrder) -> str:
        """The name the refund will have at the provider; empty when the provider names it."""

    def refund(self, order: RefundOrder) -> ProviderRefund:
        """Give so much of a payment back. The same order again never gives back twice."""

    def find_refund(self, order: RefundOrder) -> ProviderRefund | None:
        """The refund as the provider has it now; None when it has none."""

    def readings_in(self, raw: bytes) -> tuple[str, ...]:
        """What to read after a notice: names that `read` understands. Never proof of anything."""

    def read(self, name: str) -> Reading:
        """Ask the provider for one object. What is not there, or not ours, is an empty reading."""

    def readings_since(self, since: datetime, until: datetime) -> Iterator[str]:
        """Names of everything that was paid to the account in that time, and of what it says went back."""

    def register_hook(self, url: str) -> str:
        """Tell the provider where to post; the secret it will sign with, empty when it proves itself otherwise."""


gateways: dict[GatewayKind, Callable[[GatewayConfig], Gateway]] = {}


class Connector(Protocol):
    """A platform's account at a provider, under which companies have theirs. Raises as Gateway does."""

    def open_account(self, merchant_id: UUID, tenant_id: UUID) -> str:
        """The same merchant again gives the same account, as long as its provider remembers."""

    def find_account(self, merchant_id: UUID, since: datetime) -> str:
        """The account that was opened for a merchant since then; empty when there is none."""

    def open_link(self, external_id: str, return_url: str) -> str:
        """The page where its owner tells who they are."""

    def ask(self, external_id: str) -> MerchantTold | None:
        """The account as it is now; None when we have no access to it any more."""

    def register_hook(self, url: str) -> str:
        """Have events of all accounts under it posted there; the secret they are signed with."""


connectors: dict[GatewayKind, Callable[[GatewayConfig], Connector]] = {}


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A document that came of an invoice, and where anybody may look at it."""

    words: str
    url: str


documents_of_invoices: dict[str, Callable[[UUID], Sequence[DocumentLink]]] = {}
"""Whoever stands above and makes documents of invoices says which there are."""


@dataclass(frozen=True, slots=True)
class WayToPay:
    """A way to pay an invoice that stands above, and the page that leads through it."""

    words: str
    url: str


ways_to_pay: dict[str, Callable[[InvoiceSummary], Sequence[WayToPay]]] = {}
"""Whoever stands above and collects in a way of its own offers it beside the others."""


@dataclass(frozen=True, slots=True)
class SelfPayment:
    """That an invoice is about to be paid by itself, as its customer is told: by what, and on which day."""

    title: str
    words: str
    brief: str


SelfPayments = Callable[[Sequence[InvoiceSummary], datetime], Mapping[UUID, SelfPayment]]
self_payments: dict[str, SelfPayments] = {}
"""Whoever stands above and collects by itself says of many invoices at once which ones, and how."""


@dataclass(frozen=True, slots=True)
class KeptWay:
    """What the customer themselves may do with what is kept of theirs, and how it ended last time."""

    trouble: str = ""
    charge: WayToPay | None = None
    """Its address takes a press of the button, from who is there in person."""
    confirm: WayToPay | None = None


kept_ways: dict[str, Callable[[InvoiceSummary, datetime], KeptWay]] = {}
