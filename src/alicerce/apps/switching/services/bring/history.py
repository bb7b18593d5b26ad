"""Invoices and payments, to look at; tickets, to go on with."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.support import public as support
from alicerce.apps.support.public import OldMessage, OldTicket
from alicerce.apps.switching.models import Dump, Link, OldInvoice, OldPayment
from alicerce.apps.switching.models.book import LINK, OLD_INVOICE, OLD_PAYMENT, write_all
from alicerce.apps.switching.rules.reading.money import InvoicePlan
from alicerce.apps.switching.rules.reading.payments import PaymentPlan
from alicerce.apps.switching.rules.reading.tickets import TicketPlan
from alicerce.apps.switching.rules.reading.values import Reference
from alicerce.apps.switching.services.bring.sorting import Pair, Sorted, ids_of, relink
from alicerce.apps.switching.types import Place

INVOICE, PAYMENT, TICKET = "old_invoice", "old_payment", "ticket"


def bring_invoices(found: Sorted, dump: Dump, ref: Reference, at: datetime) -> int:
    """As they stand there: nothing is asked for by them until the books begin here."""
    owners = ids_of(Place.CLIENTS, [pair.plan.client for pair in found.new])
    rows = {pair.id: _invoice(pair, owners[pair.plan.client]) for pair in found.new}
    write_all(list(rows.values()), OLD_INVOICE)
    _link_all(found, INVOICE, {id_: row.id for id_, row in rows.items()})
    kept = {
        row.id: row
        for row in OldInvoice.objects.filter(
            pk__in=[link.entity_id for _, link in found.changed]
        )
    }
    for pair, link in found.changed:
        _say(kept[link.entity_id], pair.plan)
    OldInvoice.objects.bulk_update(kept.values(), SAID)
    relink(found.changed, {})
    return 0


SAID = (
    "number", "issued_on", "due_on", "paid_on", "status", "total_cents", "paid_cents", "owed_cents",
    "lines",
)  # fmt: skip


def _invoice(pair: Pair, customer_id: UUID) -> OldInvoice:
    row = OldInvoice(customer_id=customer_id, source_id=pair.id, currency=pair.plan.currency)
    _say(row, pair.plan)
    return row


def _say(row: OldInvoice, plan: InvoicePlan) -> None:
    row.number, row.status = plan.number, plan.status
    row.issued_on, row.due_on, row.paid_on = plan.issued_on, plan.due_on, plan.paid_on
    row.total_cents, row.paid_cents = plan.total_cents, plan.paid_cents
    row.owed_cents = plan.owed_cents
    row.lines = [[line.description, line.cents] for line in plan.lines]


def bring_payments(found: Sorted, dump: Dump, ref: Reference, at: datetime) -> int:
    pairs = found.new
    owners = ids_of(Place.CLIENTS, [pair.plan.client for pair in pairs])
    rows = {pair.id: _payment(pair, owners[pair.plan.client]) for pair in pairs}
    write_all(list(rows.values()), OLD_PAYMENT)
    _link_all(found, PAYMENT, {id_: row.id for id_, row in rows.items()})
    relink(found.changed, {})
    for pair, link in found.changed:
        OldPayment.objects.filter(pk=link.entity_id).update(
            cents=pair.plan.cents, paid_at=pair.plan.paid_at, reference=pair.plan.reference
        )
    return 0


def _payment(pair: Pair, customer_id: UUID) -> OldPayment:
    plan: PaymentPlan = pair.plan
    return OldPayment(
        customer_id=customer_id,
        source_id=pair.id,
        invoice_source=plan.invoice,
        gateway=plan.gateway,
        reference=plan.reference,
        paid_at=plan.paid_at,
        cents=plan.cents,
        currency=plan.currency,
    )


def bring_tickets(found: Sorted, dump: Dump, ref: Reference, at: datetime) -> int:
    """What was written since is added to a ticket; what became of it here is not overruled."""
    pairs = [*found.new, *(pair for pair, _ in found.changed)]
    owners = ids_of(Place.CLIENTS, [pair.plan.client for pair in pairs])
    ids = support.take_over(
        tickets=[_ticket(pair, owners.get(pair.plan.client)) for pair in pairs]
    )
    _link_all(found, TICKET, {pair.id: id_ for pair, id_ in zip(pairs, ids, strict=True)})
    relink(found.changed, {})
    return 0


def _ticket(pair: Pair, customer_id: UUID | None) -> OldTicket:
    plan: TicketPlan = pair.plan
    return OldTicket(
        key=f"whmcs:{pair.id}",
        subject=plan.subject,
        priority=plan.priority,
        customer_id=customer_id,
        opened_at=plan.opened_at,
        resolved_at=plan.closed_at,
        messages=tuple(
            OldMessage(one.key, one.kind, one.body, one.at) for one in plan.messages
        ),
    )


def _link_all(found: Sorted, entity: str, ids: dict[int, UUID]) -> None:
    pairs: Sequence[Pair] = found.new
    write_all(
        [
            Link(
                place=found.place,
                source_id=pair.id,
                entity=entity,
                entity_id=ids[pair.id],
                digest=pair.digest,
            )
            for pair in pairs
        ],
        LINK,
    )
