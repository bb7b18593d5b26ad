"""What billing does when something happens."""

from django.conf import settings

from alicerce.apps.billing.events import (
    ChargeBegun,
    ChargeOutdated,
    ConnectOffered,
    ExpiryDue,
    GatewayConnected,
    GatewayNoticeReceived,
    InvoiceCredited,
    InvoiceIssued,
    InvoicePaid,
    InvoiceVoided,
    MerchantAsked,
    MerchantChanged,
    MerchantLookDue,
    PaymentMisfit,
    PaymentRefunded,
    RecognitionDue,
    ReconcileDue,
    RefundBegun,
    RefundFailed,
)
from alicerce.apps.billing.queries.charges import tenants_with_lapsed_charges
from alicerce.apps.billing.queries.connecting import merchants_to_look_at
from alicerce.apps.billing.queries.deferred import is_recognition_due, tenants_behind
from alicerce.apps.billing.queries.gateways import read_accounts
from alicerce.apps.billing.services.charge_at_issue import charge_at_issue
from alicerce.apps.billing.services.charge_late_fee import charge_late_fee
from alicerce.apps.billing.services.connect_gateway import register_hook
from alicerce.apps.billing.services.connect_merchant import (
    follow_connect_notice,
    look_at_merchant,
    open_onboarding,
)
from alicerce.apps.billing.services.expire_charges import expire_charges
from alicerce.apps.billing.services.leave_account import leave_account
from alicerce.apps.billing.services.offer_connect import register_connect_hook
from alicerce.apps.billing.services.print_paper import throw_papers_away
from alicerce.apps.billing.services.read_notice import read_notice
from alicerce.apps.billing.services.recognize import recognize
from alicerce.apps.billing.services.reconcile import reconcile
from alicerce.apps.billing.services.request_charge import request_charge
from alicerce.apps.billing.services.request_refund import request_refund
from alicerce.apps.billing.services.use_wallet import use_wallet_after_misfit
from alicerce.apps.billing.services.withdraw_charges import withdraw_charge, withdraw_charges
from alicerce.apps.billing.services.write_connect_letters import warn_of_merchant
from alicerce.apps.billing.services.write_corrections import (
    confirm_credit_note,
    confirm_refund,
    report_refund,
)
from alicerce.apps.billing.services.write_letters import (
    announce_invoice,
    thank_customer,
    warn_operator,
)
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.events import ClockStepped
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on

DAY = 24 * 3600


@on(ChargeBegun, queue="urgent")
def request_begun_charge(begun: ChargeBegun) -> None:
    request_charge(charge_id=begun.charge_id, at=now())


@on(RefundBegun, queue="urgent")
def request_begun_refund(begun: RefundBegun) -> None:
    request_refund(refund_id=begun.refund_id, at=now())


@on(PaymentRefunded, queue="bulk")
def tell_of_refund(refunded: PaymentRefunded) -> None:
    confirm_refund(refund_id=refunded.refund_id, at=refunded.at)


@on(RefundFailed)
def report_failed_refund(failed: RefundFailed) -> None:
    report_refund(refund_id=failed.refund_id, at=failed.at)


@on(InvoiceCredited, queue="bulk")
def tell_of_credit_note(credited: InvoiceCredited) -> None:
    confirm_credit_note(credit_note_id=credited.credit_note_id, at=credited.at)


@on(GatewayNoticeReceived, queue="urgent")
def read_received_notice(received: GatewayNoticeReceived) -> None:
    read_notice(notice_id=received.notice_id, at=now())


@on(GatewayConnected)
def register_connected_gateway(connected: GatewayConnected) -> None:
    register_hook(account_id=connected.account_id, at=now())


@on(ConnectOffered)
def register_hook_of_connected(offered: ConnectOffered) -> None:
    register_connect_hook(account_id=offered.account_id, at=now())


@on(MerchantAsked, queue="urgent")
def open_asked_onboarding(asked: MerchantAsked) -> None:
    open_onboarding(merchant_id=asked.merchant_id, at=now())


def is_about_the_account(received: GatewayNoticeReceived) -> bool:
    return received.topic.startswith("account.")


@on(GatewayNoticeReceived, when=is_about_the_account)
def look_at_told_merchant(received: GatewayNoticeReceived) -> None:
    follow_connect_notice(notice_id=received.notice_id, at=now())


@every(seconds=3600)
def find_merchants_to_look_at() -> None:
    for tenant_id, merchant_id in merchants_to_look_at():
        with acting(tenant_id=tenant_id), transaction():
            publish(MerchantLookDue(at=now(), merchant_id=merchant_id))


@on(MerchantLookDue)
def look_at_due_merchant(due: MerchantLookDue) -> None:
    look_at_merchant(merchant_id=due.merchant_id, at=now())


def charges_no_more(changed: MerchantChanged) -> bool:
    return changed.is_worse and not changed.can_charge


@on(MerchantChanged, when=charges_no_more)
def leave_account_of_merchant(changed: MerchantChanged) -> None:
    if changed.account_id:
        leave_account(account_id=changed.account_id, at=now())


@on(MerchantChanged, when=lambda changed: changed.is_worse)
def warn_of_changed_merchant(changed: MerchantChanged) -> None:
    warn_of_merchant(merchant_id=changed.merchant_id, at=changed.at)


def has_live_charges(paid: InvoicePaid) -> bool:
    return paid.has_live_charges


@on(InvoicePaid, when=has_live_charges)
def withdraw_charges_of_paid(paid: InvoicePaid) -> None:
    withdraw_charges(invoice_id=paid.invoice_id, at=now())


@on(InvoiceVoided)
def withdraw_charges_of_void(voided: InvoiceVoided) -> None:
    withdraw_charges(invoice_id=voided.invoice_id, at=now())


def came_of_itself(issued: InvoiceIssued) -> bool:
    """Whoever ordered has the page of their order."""
    return issued.order_id is None and issued.total_cents > 0


@on(InvoiceIssued, when=came_of_itself, queue="bulk")
def send_issued_invoice(issued: InvoiceIssued) -> None:
    announce_invoice(invoice_id=issued.invoice_id, at=issued.at)


@on(InvoiceIssued, when=came_of_itself, queue="bulk")
def make_pix_of_issued_invoice(issued: InvoiceIssued) -> None:
    charge_at_issue(invoice_id=issued.invoice_id, at=now())


@on(ChargeOutdated)
def withdraw_outdated_charge(outdated: ChargeOutdated) -> None:
    withdraw_charge(charge_id=outdated.charge_id, at=now())


@on(InvoicePaid, queue="bulk")
def charge_what_was_late(paid: InvoicePaid) -> None:
    charge_late_fee(invoice_id=paid.invoice_id, at=paid.at)


@on(InvoicePaid, queue="bulk")
def thank_payer(paid: InvoicePaid) -> None:
    thank_customer(invoice_id=paid.invoice_id, at=paid.at)


@on(PaymentMisfit)
def report_misfit(misfit: PaymentMisfit) -> None:
    warn_operator(payment_id=misfit.payment_id, at=misfit.at)


def is_for_an_invoice(misfit: PaymentMisfit) -> bool:
    return misfit.invoice_id is not None


@on(PaymentMisfit, when=is_for_an_invoice)
def pay_with_misfit(misfit: PaymentMisfit) -> None:
    assert misfit.invoice_id is not None
    use_wallet_after_misfit(invoice_id=misfit.invoice_id, at=misfit.at)


@every(seconds=settings.RECONCILE_SECONDS)
def find_accounts_to_read() -> None:
    for tenant_id in tenancy.tenant_ids():
        with acting(tenant_id=tenant_id), transaction():
            for account in read_accounts():
                publish(
                    ReconcileDue(at=now(), account_id=account.id, since=account.reconciled_at)
                )


@on(ReconcileDue)  # not bulk: a payment whose notice was lost must not wait for a quiet hour
def reconcile_account(due: ReconcileDue) -> None:
    reconcile(account_id=due.account_id, since=due.since, at=now())


@every(seconds=60)
def find_lapsed_charges() -> None:
    for tenant_id in tenants_with_lapsed_charges(now()):
        with acting(tenant_id=tenant_id), transaction():
            publish(ExpiryDue(at=now()))


@on(ExpiryDue, queue="bulk")
def expire_lapsed_charges(due: ExpiryDue) -> None:
    expire_charges(at=due.at)


@every(seconds=900)
def find_days_to_recognize() -> None:
    for tenant_id in tenants_behind(now()):
        with acting(tenant_id=tenant_id), transaction():
            if is_recognition_due(now()):
                publish(RecognitionDue(at=now()))


@on(RecognitionDue, queue="bulk")
def recognize_earned_days(due: RecognitionDue) -> None:
    recognize(at=due.at)


@every(seconds=DAY)
def find_old_papers() -> None:
    for tenant_id in tenancy.all_tenant_ids():
        with acting(tenant_id=tenant_id):
            throw_papers_away(at=now())


@on(ClockStepped, queue="bulk")
def recognize_days_of_sandbox(stepped: ClockStepped) -> None:
    recognize(at=stepped.at)


@on(ClockStepped, queue="bulk")
def expire_charges_of_sandbox(stepped: ClockStepped) -> None:
    expire_charges(at=stepped.at)
