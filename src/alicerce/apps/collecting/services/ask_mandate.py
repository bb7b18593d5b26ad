"""Ask a customer's bank to let us debit (Pix Automático): a row and an event. A job talks to the PSP."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceKind, InvoiceSummary, PaymentMethod
from alicerce.apps.collecting.errors import (
    AlreadyAuthorized,
    AlreadyRequested,
    AskedTooOften,
    AutomaticNotOffered,
    LimitTooLow,
    NothingToCollect,
)
from alicerce.apps.collecting.events import MandateAsked
from alicerce.apps.collecting.models import Mandate
from alicerce.apps.collecting.models.mandate import MandateQuerySet
from alicerce.apps.collecting.queries.cards import today
from alicerce.apps.collecting.queries.mandates import payer
from alicerce.apps.collecting.rules.asking import DAY, MOST_A_DAY
from alicerce.apps.collecting.services.revoke_mandate import let_go
from alicerce.apps.collecting.types import EndedBy, Journey, MandateLimit, PayerBank
from alicerce.kernel import locks
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

CURRENCY = "BRL"
"""Each one lights up the phone of whoever owns the account, whoever asks for it."""


@transaction()
def ask_mandate(
    *,
    customer_id: UUID,
    limit: MandateLimit,
    at: datetime,
    invoice_id: UUID | None = None,
    in_app: PayerBank | None = None,
) -> UUID:
    """With an invoice, its Pix and the authorisation are one code; with an account, its bank shows it.

    A code that waited ends in favor of this; what a bank is showing does not. Whatever an invoice asks for
    is within the limit.

    Raises AutomaticNotOffered, AlreadyAuthorized, AlreadyRequested, AskedTooOften, LimitTooLow, NothingToCollect,
    and what begin_charge does.
    """
    locks.hold(f"mandates:{customer_id}")
    account = billing.automatic_account()
    if account is None or not payer(customer_id).document:
        raise AutomaticNotOffered
    own = Mandate.objects.filter(customer_id=customer_id)
    if own.approved().exists():
        raise AlreadyAuthorized
    invoice = _invoice(invoice_id, customer_id, limit) if invoice_id else None
    if _limit_of(limit) <= 0:
        raise LimitTooLow
    if in_app:
        _check_bank_may_be_asked(own, at=at)
    for earlier in own.pending():
        let_go(mandate=earlier, by=EndedBy.CUSTOMER, at=at)
    mandate = _write(customer_id, account.id, invoice, limit, in_app, at=at)
    audit.record(
        action="mandate.asked",
        entity="customer",
        entity_id=customer_id,
        after={"mandate_id": mandate.id, "journey": mandate.journey, **limit.as_facts()},
        at=at,
    )
    publish(MandateAsked(at=at, mandate_id=mandate.id))
    return UUID(str(mandate.id))


def _check_bank_may_be_asked(own: MandateQuerySet, *, at: datetime) -> None:
    shown = own.filter(journey=Journey.IN_APP)
    if shown.pending().exists():
        raise AlreadyRequested
    if shown.filter(asked_at__gt=at - DAY).count() >= MOST_A_DAY:
        raise AskedTooOften


def _invoice(invoice_id: UUID, customer_id: UUID, limit: MandateLimit) -> InvoiceSummary:
    invoice = billing.hold_invoice(invoice_id=invoice_id)
    is_theirs = invoice.customer_id == customer_id and invoice.kind == InvoiceKind.SALE
    if not is_theirs or not invoice.is_payable or invoice.total.currency != CURRENCY:
        raise NothingToCollect
    if limit.most_cents is not None and limit.most_cents < invoice.remaining.cents:
        raise LimitTooLow
    return invoice


def _limit_of(limit: MandateLimit) -> int:
    return limit.fixed_cents or limit.most_cents or 0


def _write(
    customer_id: UUID,
    account_id: UUID,
    invoice: InvoiceSummary | None,
    limit: MandateLimit,
    in_app: PayerBank | None,
    *,
    at: datetime,
) -> Mandate:
    charge_id, journey = None, Journey.IN_APP if in_app else Journey.ALONE
    if invoice and not in_app:
        charge_id, journey = _charge(invoice, at=at)
    mandate: Mandate = Mandate.objects.create(
        customer_id=customer_id,
        account_id=account_id,
        invoice_id=invoice.id if invoice else None,
        charge_id=charge_id,
        journey=journey,
        fixed_cents=limit.fixed_cents,
        most_cents=limit.most_cents,
        floor_cents=_floor(invoice, limit),
        currency=CURRENCY,
        starts_on=today(at),
        asked_at=at,
        **(_bank(in_app) if in_app else {}),
    )
    return mandate


def _bank(told: PayerBank) -> dict[str, object]:
    return {
        "bank": told.bank,
        "branch": told.branch,
        "number": told.number,
        "answer_until": told.until,
    }


def _charge(invoice: InvoiceSummary, *, at: datetime) -> tuple[UUID, Journey]:
    """What is due today is paid at once, and that authorises; what is due later is paid by its own terms."""
    charge_id = billing.begin_charge(
        invoice_id=invoice.id, method=PaymentMethod.PIX, return_url="", at=at
    )
    is_later = billing.charge(charge_id).due is not None
    return charge_id, Journey.OFFERED if is_later else Journey.PAYING


def _floor(invoice: InvoiceSummary | None, limit: MandateLimit) -> int | None:
    """A payer may set a limit at their bank; below what they owe now it would only cause refusals."""
    return None if invoice is None or limit.fixed_cents else invoice.remaining.cents
