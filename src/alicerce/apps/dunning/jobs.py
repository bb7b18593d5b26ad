"""What dunning does when something happens."""

from alicerce.apps.billing.events import InvoiceIssued, InvoicePaid, InvoiceVoided
from alicerce.apps.dunning.events import StepsDue, StrayInvoicesDue
from alicerce.apps.dunning.queries.walks import tenants_with_due_steps
from alicerce.apps.dunning.services.begin_walk import adopt_strays, begin_walk
from alicerce.apps.dunning.services.settle import settle
from alicerce.apps.dunning.services.take_steps import BATCH, take_due_steps
from alicerce.apps.dunning.types import End
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.events import ClockStepped
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on

LOOK, DAY = 60, 86_400


def is_of_no_order(issued: InvoiceIssued) -> bool:
    return issued.order_id is None


@on(InvoiceIssued, when=is_of_no_order, queue="bulk")
def walk_issued_invoice(issued: InvoiceIssued) -> None:
    begin_walk(invoice_id=issued.invoice_id, at=now())


@on(InvoicePaid, when=lambda paid: paid.order_id is None)
def settle_paid_invoice(paid: InvoicePaid) -> None:
    settle(invoice_id=paid.invoice_id, end=End.PAID, at=paid.at)


@on(InvoiceVoided, when=lambda voided: voided.order_id is None)
def settle_void_invoice(voided: InvoiceVoided) -> None:
    settle(invoice_id=voided.invoice_id, end=End.VOID, at=voided.at)


@every(seconds=LOOK)
def find_due_steps() -> None:
    at_work = set(tenancy.tenant_ids())
    for tenant_id in tenants_with_due_steps(now()):
        if tenant_id not in at_work:
            continue  # nobody there could answer whom a letter or a suspension troubles
        with acting(tenant_id=tenant_id), transaction():
            publish(StepsDue(at=now()))


@on(StepsDue, queue="bulk")
def take_steps_due(due: StepsDue) -> None:
    """By the clock as it is now: who waited in the queue through the evening writes in the morning."""
    if take_due_steps(at=now()) == BATCH:
        with transaction():
            publish(StepsDue(at=due.at))


@on(ClockStepped, queue="bulk")
def take_steps_of_sandbox(stepped: ClockStepped) -> None:
    with transaction():
        publish(StepsDue(at=stepped.at))


@every(seconds=DAY)
def find_stray_invoices() -> None:
    for tenant_id in tenancy.tenant_ids():
        with acting(tenant_id=tenant_id), transaction():
            publish(StrayInvoicesDue(at=now()))


@on(StrayInvoicesDue, queue="bulk")
def adopt_stray_invoices(due: StrayInvoicesDue) -> None:
    adopt_strays(at=now())
