"""What two companies did: every kind of row of a tenant, made by the use cases that make them."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from unittest.mock import patch

from alicerce.apps.audit.services.seal_entries import seal_entries
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import ConnectOffer, CustomerIssuer, Merchant, Paper, Payment
from alicerce.apps.billing.services.adjust_wallet import adjust_wallet
from alicerce.apps.billing.services.attribute_payment import give_to_customer
from alicerce.apps.billing.services.begin_refund import begin_refund
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.book_settlement import book_fee
from alicerce.apps.billing.services.change_rules import change_rules
from alicerce.apps.billing.services.charge_late_fee import charge_late_fee
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.keep_issuers import add_issuer
from alicerce.apps.billing.services.receive_notice import receive_notice
from alicerce.apps.billing.tests.factories import a_payment, an_account, an_invoice
from alicerce.apps.billing.types import GatewayKind, NewLine, PaymentMethod
from alicerce.apps.billing.types.connecting import PlatformShare
from alicerce.apps.billing.types.corrections import BillingRules, Credited
from alicerce.apps.billing.types.issuers import IssuerForm
from alicerce.apps.catalog.services.publish_terms import publish_terms
from alicerce.apps.catalog.tests.factories import a_coupon, a_field, a_price, an_option
from alicerce.apps.collecting.models import Mandate, Payer
from alicerce.apps.collecting.services.ask_mandate import ask_mandate
from alicerce.apps.collecting.services.begin_attempt import begin_attempt
from alicerce.apps.collecting.services.carry_out import carry_out
from alicerce.apps.collecting.services.choose import set_autopay
from alicerce.apps.collecting.services.keep_cards import take_over
from alicerce.apps.collecting.services.plan_debit import plan_debit
from alicerce.apps.collecting.services.visit import ask_visit
from alicerce.apps.collecting.types import KeptCard, MandateLimit, Trigger, VisitKind
from alicerce.apps.corrections.services.ask import request_correction
from alicerce.apps.corrections.types import CorrectionKind
from alicerce.apps.corrections.types import Wanted as WantedCorrection
from alicerce.apps.customers.models import CustomerUser
from alicerce.apps.customers.services.export_customers import (
    request_export,
    take_export_step,
)
from alicerce.apps.customers.services.give_access import invite_person
from alicerce.apps.customers.services.import_customers import (
    start_import,
    take_import_step,
    upload_import,
)
from alicerce.apps.customers.services.invite_many import start_round
from alicerce.apps.customers.services.keep_details import (
    add_address,
    add_contact,
    add_note,
    add_tier,
)
from alicerce.apps.customers.services.keep_views import save_view
from alicerce.apps.customers.services.save_customer import create_customer
from alicerce.apps.customers.tests.factories import a_customer, a_profile
from alicerce.apps.customers.types import (
    AddressForm,
    AddressKind,
    ContactForm,
    ContactRole,
    CustomerRole,
    Wanted,
)
from alicerce.apps.developers.services.answer_once import keep_answer
from alicerce.apps.developers.services.keep_log import write_calls
from alicerce.apps.developers.tests.factories import a_key
from alicerce.apps.developers.types import Attempt, Call, Kept
from alicerce.apps.disputes.models import Dispute
from alicerce.apps.disputes.services.answer_dispute import save_draft, submit_evidence
from alicerce.apps.disputes.services.follow_dispute import follow_dispute
from alicerce.apps.disputes.services.hold_services import choose_policy, hold_services
from alicerce.apps.disputes.tests.factories import (
    a_card_account,
    a_card_payment,
    asks_for,
    told,
)
from alicerce.apps.disputes.types import ServicePolicy
from alicerce.apps.dns.ports import dns_hosts
from alicerce.apps.dns.services.create_zone import create_zone
from alicerce.apps.dns.tests.doubles import ZonesInMemory
from alicerce.apps.dns.types import NewZone, RecordSpec, RecordType
from alicerce.apps.dunning.rules.ladders import SHIPPED
from alicerce.apps.dunning.services.keep_ladder import save_ladder
from alicerce.apps.dunning.services.override import NewOverride, set_override
from alicerce.apps.dunning.services.take_steps import take_due_steps
from alicerce.apps.dunning.tests.factories import a_renewal, after
from alicerce.apps.endpoints.services.deliver import claim
from alicerce.apps.endpoints.services.manage_endpoint import create_endpoint
from alicerce.apps.endpoints.services.number_events import number_events
from alicerce.apps.endpoints.services.record_outcome import record_outcome
from alicerce.apps.endpoints.services.replay import send_test
from alicerce.apps.endpoints.types import EndpointForm, Outcome
from alicerce.apps.fiscal.models import FiscalDocument, Issuer
from alicerce.apps.fiscal.services.cancel_document import open_task
from alicerce.apps.fiscal.services.keep_issuer import save_issuer
from alicerce.apps.fiscal.services.queue_document import queue_document
from alicerce.apps.fiscal.types import IssuerSpec
from alicerce.apps.forecasts.tests.factories import a_forecast
from alicerce.apps.hosting.models import PlanRoom, Policy, ServerLease
from alicerce.apps.hosting.tests.factories import (
    a_difference,
    a_hold,
    a_line,
    a_server,
    a_service,
    run_of,
)
from alicerce.apps.hostnames.services.attach import attach_host_name
from alicerce.apps.identity.models import Approval, Impersonation, StandInConsent, User
from alicerce.apps.marketplace.models import Grant
from alicerce.apps.marketplace.queries.faces import face_of
from alicerce.apps.marketplace.services.giving import give_code, keep_tokens
from alicerce.apps.marketplace.services.registering import register_application
from alicerce.apps.marketplace.tests.factories import BACK, SCOPES, challenge_of
from alicerce.apps.marketplace.types import ApplicationForm, ApplicationKind, Yes
from alicerce.apps.metadata.public import change_metadata
from alicerce.apps.metadata.types import ThingKind
from alicerce.apps.metering.models import MeteredStretch
from alicerce.apps.metering.services.meters import add_meter
from alicerce.apps.metering.services.record_usage import record_usage
from alicerce.apps.metering.tests.test_meters import a_form
from alicerce.apps.metering.types import NewRecord
from alicerce.apps.notify import public as notify
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.orders.types import Extras
from alicerce.apps.payers.models import AccountCustomer, Purchase
from alicerce.apps.payers.models import Sale as PlatformSale
from alicerce.apps.privacy.services.ask import ask_for_export
from alicerce.apps.privacy.services.consents import set_consent
from alicerce.apps.privacy.services.export import build_export
from alicerce.apps.privacy.types import Channel, Purpose
from alicerce.apps.reconciliation.models import Difference
from alicerce.apps.reconciliation.ports import statements
from alicerce.apps.reconciliation.services.handle_difference import write_note
from alicerce.apps.reconciliation.services.match_lines import confirm_sure
from alicerce.apps.reconciliation.services.upload_statement import (
    add_bank_account,
    read_statement,
    upload_statement,
)
from alicerce.apps.reconciliation.tests.doubles import MemoryStatement
from alicerce.apps.reconciliation.tests.factories import (
    a_booked_payment,
    compared,
)
from alicerce.apps.reconciliation.tests.factories import (
    a_card_payment as told_by_the_provider,
)
from alicerce.apps.reports.services import keep_cost
from alicerce.apps.subscriptions.models import (
    BillingBatch,
    BillingRun,
    BillingTerms,
    Discount,
    MovedPrice,
    PriceMove,
    Subscription,
)
from alicerce.apps.subscriptions.queries.changing import preview_change
from alicerce.apps.subscriptions.services.change_plan import change_plan
from alicerce.apps.subscriptions.services.follow_order import (
    open_subscriptions,
    start_subscriptions,
)
from alicerce.apps.subscriptions.services.record_movements import record_movements
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.apps.subscriptions.types import NewDiscount
from alicerce.apps.support import public as support
from alicerce.apps.switching.tests.factories import a_brought_row
from alicerce.apps.taxes.services import exempt_customer, name_service, place_customer
from alicerce.apps.taxes.tests.factories import a_tax
from alicerce.apps.taxes.types import PlaceCard, PlanCodes, TaxKind
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.models import (
    BillingAccount,
    Logo,
    Membership,
    PaidTenant,
    SandboxClock,
    Tenant,
)
from alicerce.apps.tenancy.services.invite import invite_member
from alicerce.apps.tenancy.services.roles import copy_role
from alicerce.apps.tenancy.tests.factories import a_person
from alicerce.apps.tenancy.types import RoleKey
from alicerce.apps.transfers.tests.factories import a_transfer, an_active_service
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting, current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
SLUGS = ("padaria", "oficina")


def host_of(slug):
    return f"{slug}.example"


def tell():
    """Write the whole story; the ids of its tenants, ours first."""
    root_id = _tenant("raiz", is_root=True)
    with acting(tenant_id=root_id):
        _member("olga@raiz.example", RoleKey.OPERATOR)
    return [_company(slug) for slug in SLUGS]


def _tenant(slug, **given):
    return tenancy.open_tenant(
        at=NOON,
        slug=slug,
        hosts=(f"http://{host_of(slug)}",),
        name=slug.title(),
        legal_name=f"{slug.title()} Ltda",
        document="11222333000181",
        city="Curitiba",
        alert_email=f"alertas@{slug}.example",
        **given,
    )


def _impostor(email: str) -> None:
    """A row that no use case would write: an operator's role in a company that is not the platform."""
    Membership.objects.create(user=a_person(email=email), role=RoleKey.OPERATOR.value)


def _member(email, role):
    tenancy.add_member(user_id=a_person(email=email).id, role=role, at=NOON)


def _company(slug):
    tenant_id = _tenant(slug)
    with acting(tenant_id=tenant_id, actor="system"):
        with transaction():
            _people(slug)
            _sale(slug)
            _discount(slug)
            _buyer(slug)
            _files(slug)
            _delivery(slug)
            _dunning()
            _dispute()
            _taxes()
            a_brought_row(CustomerUser.objects.get().customer)
            a_forecast()
            _balance()
            _card(slug)
            _reconciliation(slug)
            a_transfer()  # of somebody else in the same company, as are the next
            a_service()
            _somebody_elses_subscription()
            _account()
            credit_invoice(
                invoice_id=an_invoice().id, wanted=[Credited(100)], reason="x", at=NOON
            )
            _asked_for()
            _program(slug)
            _app(slug)
        _zone(slug)
        attach_host_name(typed=f"loja.{slug}.com.br", at=NOON)
        _webhook(slug)
        for email in (f"renata@{slug}.example", f"ana@{slug}.example"):
            _privacy(User.objects.get(email=email))
        seal_entries(at=NOON)
    return tenant_id


def _people(slug):
    _member(f"ana@{slug}.example", RoleKey.OWNER)
    _impostor(f"ivo@{slug}.example")
    ana = User.objects.get(email=f"ana@{slug}.example").id
    copy_role(key="support", name=f"Plantão {slug}", by=ana, at=NOON)
    invite_member(email=f"davi@{slug}.example", role="support", by=ana, at=NOON)
    _payer(ana)
    owner = User.objects.get(pk=ana)
    Approval.objects.create(user=owner, asked_at=NOON)
    Impersonation.objects.create(
        actor=owner,
        subject=a_person(email=f"vista@{slug}.example"),
        area="client",
        reason="Não acha a fatura",
        started_at=NOON,
        ends_at=NOON,
    )
    StandInConsent.objects.create(
        actor=a_person(email=f"opera@{slug}.example"),
        subject=owner,
        area="workspace",
        reason="Não acha a fatura",
        asked_at=NOON,
        expires_at=NOON,
    )


def _payer(owner_id):
    """Rows that only the platform's own tenant has, so that every tenant's wall is tried."""
    account = BillingAccount.objects.create(
        owner_id=owner_id, name="Ana", billing_email="a@x.br"
    )
    PaidTenant.objects.create(account=account, paid=Tenant.objects.get(), since=NOON)


def _account():
    """An account as a customer, and what it pays for: rows that only the platform has as well."""
    Logo.objects.create(
        digest=sha256(str(Tenant.objects.get().id).encode()).hexdigest(),
        kind="svg",
        body=b"<svg/>",
        is_current=True,
        added_at=NOON,
        used_at=NOON,
    )
    account = BillingAccount.objects.get()
    subscription = Subscription.objects.first()
    AccountCustomer.objects.create(account=account, customer=subscription.customer)
    PlatformSale.objects.create(
        account=account,
        company=Tenant.objects.get(),
        product="hosting",
        subscription=subscription,
        began_at=NOON,
    )
    Purchase.objects.create(
        account=account,
        company=Tenant.objects.get(),
        product="crm",
        order_id=subscription.order_id,
        asked_at=NOON,
    )


def _buyer(slug):
    """What a company writes down of who buys from it."""
    customer_id = CustomerUser.objects.get().customer_id
    tier_id = add_tier(name="Ouro", at=NOON)
    create_customer(
        profile=a_profile(email=f"bruno@{slug}.example", tier_id=tier_id, tags=("vip",)),
        at=NOON,
    )
    add_address(
        customer_id=customer_id,
        form=AddressForm(
            AddressKind.BILLING, "80010000", "Rua XV", "1", "Centro", "Curitiba", "PR"
        ),
        at=NOON,
    )
    form = ContactForm("Ana", ContactRole.BILLING)
    add_contact(customer_id=customer_id, form=form, at=NOON)
    add_note(customer_id=customer_id, body=slug, at=NOON)
    invite_person(
        customer_id=customer_id, email=f"x@{slug}.example", role=CustomerRole.BILLING, at=NOON
    )


def _files(slug):
    """Customers from a file with a fault in it, into a file again, and a view of the list."""
    owner = User.objects.get(email=f"ana@{slug}.example")
    raw = f"Nome;Email\nSem e-mail;\nFlora;flora@{slug}.example".encode()
    import_id = upload_import(raw=raw, filename="c.csv", user_id=owner.id, at=NOON)
    start_import(import_id=import_id, columns={"name": 0, "email": 1}, at=NOON)
    take_import_step(import_id=import_id, position=0, at=NOON)
    start_round(wanted=Wanted(), a_day=1, user_id=owner.id, at=NOON)
    export_id = request_export(wanted=Wanted(), user_id=owner.id, at=NOON)
    take_export_step(export_id=export_id, part=0, at=NOON)
    save_view(user_id=owner.id, name="VIP", query="etiqueta=vip", is_shared=False, at=NOON)


def _sale(slug):
    """An order, its invoice, a charge for it, the provider's word, and the money."""
    account = an_account()
    an_option((price := a_price()).plan)
    answers = Extras(answers={a_field(price.plan).id: slug})
    domain, email = f"{slug}.com.br", f"renata@{slug}.example"
    order = an_order(price=price, domain=domain, email=email, extras=answers)
    change_metadata(kind=ThingKind.ORDER, thing_id=order.id, changes={"loja": slug}, at=NOON)
    invoice = billing.invoice_of_order(order.id)
    charge_id = billing.begin_charge(
        invoice_id=invoice.id, method=PaymentMethod.PIX, return_url="http://x/", at=NOON
    )
    receive_notice(account_id=account.id, external_key=slug, raw=b"{}", headers={}, at=NOON)
    book_payment(
        account_id=account.id, paid=a_payment(invoice.id, charge_id=charge_id), at=NOON
    )
    _renewals(order.id, invoice.id)
    _corrections(account, invoice.customer_id)
    _connected(slug)
    customer = CustomerUser.objects.get()
    notify.send(
        template="order_received", to=f"renata@{slug}.example", key=slug, values={}, at=NOON
    )
    support.open_ticket(
        subject="Olá", body=slug, key=slug, customer_id=customer.customer_id, at=NOON
    )


def _connected(slug):
    """What a platform offers, and a company's account under it: any company has the tables of both."""
    account = an_account(GatewayKind.STRIPE)
    ConnectOffer.objects.create(account=account, is_open=True)
    Merchant.objects.create(
        platform_account_id=account.id,
        account=account,
        livemode=False,
        external_id=f"acct_{slug}",
        fee_basis_points=250,
        gives_fee_back=True,
        asked_at=NOON,
    )
    payment = Payment.objects.earliest("id")
    share = PlatformShare(account.id, payment.id, 40, NOON)
    book_fee(
        provider="stripe", reference=f"txn_{slug}", amount=Money(100), share=share, at=NOON
    )


def _corrections(account, customer_id):
    """Credit that paid a part, a note that took some off, a refund on its way, a fee for being late."""
    change_rules(wanted=BillingRules(fine_basis_points=200, interest_basis_points=100), at=NOON)
    adjust_wallet(customer_id=customer_id, amount=Money(1000), reason="cortesia", at=NOON)
    due_on = NOON.date() - timedelta(days=9)
    invoice = an_invoice(Money(20000), customer_id=customer_id, due_on=due_on)
    paid = a_payment(invoice.id, amount=invoice.remaining)
    book_payment(account_id=account.id, paid=paid, at=NOON)
    charge_late_fee(invoice_id=invoice.id, at=NOON)
    credit_invoice(invoice_id=invoice.id, wanted=[Credited(100, 1)], reason="x", at=NOON)
    payment = Payment.objects.get(reference=paid.reference)
    begin_refund(payment_id=payment.id, cents=100, reason="x", at=NOON)
    stray = a_payment(amount=Money(100))
    book_payment(account_id=account.id, paid=stray, at=NOON)
    nobodys = Payment.objects.get(reference=stray.reference)
    give_to_customer(
        payment_id=nobodys.id, customer_id=customer_id, cents=100, reason="x", at=NOON
    )


def _renewals(order_id, invoice_id):
    """The subscription that was paid for, and the rows of a billing run."""
    start_subscriptions(order_id=order_id, invoice_id=invoice_id, at=NOON)
    BillingTerms.objects.create()
    run = BillingRun.objects.create(on=NOON.date(), started_at=NOON, due=1, finished_at=NOON)
    BillingBatch.objects.create(
        run=run, at=NOON, currency="BRL", customers=0, renewals=0, parked=0, total_cents=0
    )
    subscription = Subscription.objects.get(order_id=order_id)
    Discount.promise(subscription, NewDiscount("Cupom", 1000, None, None))
    SandboxClock.objects.create(reads_at=NOON)
    record_movements(at=NOON)
    Paper.objects.create(
        customer_id=subscription.customer_id, digest="x", body=b"%PDF-", made_at=NOON
    )
    keep_cost(plan_id=subscription.price.plan_id, cost=Money(900), at=NOON)
    _change_of_plan(subscription)
    _price_move(subscription)
    _usage(subscription)


def _price_move(subscription):
    """What it costs is to change."""
    facts = {"plan": subscription.price.plan, "cycle": "annual"}
    old = a_price(**facts, amount_cents=20_000, is_active=False, retired_at=NOON)
    newer = a_price(**facts, amount_cents=24_000)
    move = PriceMove.objects.create(
        price=newer,
        from_price_ids=[str(old.id)],
        first_on=NOON.date(),
        notice_days=30,
        cycle="annual",
        currency="BRL",
        subscriptions=1,
        customers=1,
        before_cents=20_000,
        after_cents=24_000,
        monthly_before_cents=1_667,
        monthly_after_cents=2_000,
        asked_at=NOON,
    )
    MovedPrice.objects.create(
        move=move,
        subscription=subscription,
        customer_id=subscription.customer_id,
        from_price=old,
        unit_cents=20_000,
        before_cents=20_000,
        after_cents=24_000,
        effective_on=date(2026, 12, 1),
        tell_on=date(2026, 11, 1),
    )


def _usage(subscription):
    """Recorded, and asked for by the invoice."""
    meter = add_meter(plan_id=subscription.price.plan_id, form=a_form(), at=NOON)
    record_usage(records=[NewRecord("um", subscription.id, meter.form.key, 5, NOON)], at=NOON)
    MeteredStretch.write(
        [(subscription.id, meter.id, NOON.date(), date(2026, 9, 2), 5, 3, "BRL", None)]
    )


def _change_of_plan(subscription):
    """One that waits for its payment."""
    asked = {
        "subscription_id": subscription.id,
        "price_id": a_price(amount_cents=9990).id,
        "at": NOON,
    }
    change_plan(**asked, expected_cents=preview_change(**asked).net_cents)


def _dunning():
    """A ladder of the company's own, and a renewal that nobody pays, as far as its suspension."""
    card = save_ladder(ladder_id=None, name="Nossa", spec=SHIPPED, at=NOON)
    invoice = a_renewal()
    wanted = NewOverride("Combinado", ladder_id=card.id)
    set_override(customer_id=invoice.customer_id, wanted=wanted, at=NOON)
    take_due_steps(at=after(1))
    take_due_steps(at=after(9))


def _asked_for():
    """A correction that waits for a person, today."""
    kind, of = CorrectionKind.CREDIT_NOTE, an_invoice().id
    request_correction(wanted=WantedCorrection(kind, "x", invoice_id=of, cents=100), at=now())


def _dispute():
    """A subscription whose payment is disputed: stopped for it, answered with what was drafted."""
    choose_policy(wanted=ServicePolicy.SUSPEND, at=NOON)
    subscription = a_subscription()
    invoice = an_invoice(customer_id=subscription.customer_id)
    asks_for(invoice, subscription)
    account = a_card_account()
    a_card_payment(account, invoice)
    follow_dispute(account_id=account.id, told=told(), at=NOON)
    dispute = Dispute.objects.get()
    hold_services(dispute_id=dispute.id, at=NOON)
    save_draft(dispute_id=dispute.id, texts={"customer_name": "Renata"}, at=NOON)
    submit_evidence(dispute_id=dispute.id, at=NOON)


def _taxes():
    """A taxed invoice with its note, and a credit note that asks what becomes of that."""
    customer, price = a_customer(), a_price()
    name_service(codes=PlanCodes(price.plan_id, "010301"), at=NOON)
    a_tax(service_code="010301")
    place_customer(customer_id=customer.id, place=PlaceCard(city_code="3550308"), at=NOON)
    exempt_customer(
        customer_id=customer.id,
        kind=TaxKind.PIS,
        reason="Lei",
        starts_on=NOON.date(),
        at=NOON,
    )
    other = IssuerForm("Outra razão social", "11222333000181")
    add_issuer(form=other, series="SUL", at=NOON)
    CustomerIssuer.objects.create(customer=customer)
    save_issuer(spec=IssuerSpec("12345678000195", "3550308"), at=NOON)
    until = NOON.replace(year=2030)
    Issuer.objects.get().keep(cert_pem="cert", key_pem="key", name="Nós", until=until)
    lines = [NewLine("Hospedagem", 1, Money(4990), price_id=price.id)]
    invoice = an_invoice(customer_id=customer.id, lines=lines)
    document = FiscalDocument.objects.lock(queue_document(invoice_id=invoice.id, at=NOON))
    document.authorize(key="1" * 50, number="1", xml="<NFSe/>", at=NOON)
    note_id = credit_invoice(
        invoice_id=invoice.id, wanted=[Credited(1000)], reason="acordo", at=NOON
    )
    open_task(credit_note_id=note_id, invoice_id=invoice.id, at=NOON)


def _card(slug):
    """Renata's card at a provider, on the way to pay an invoice of hers; and somebody else's."""
    customer_id = CustomerUser.objects.get().customer_id
    account = an_account(GatewayKind.STRIPE)
    for whose in (customer_id, a_customer().id):
        payer = Payer.objects.create(
            customer_id=whose, account=account, external_id=f"cus_{slug}_{whose}"
        )
        told = KeptCard(f"pm_{slug}_{whose}", "visa", "4242", 12, 2030)
        take_over(payer_id=payer.id, told=[told], at=NOON)
        ask_visit(customer_id=whose, kind=VisitKind.PORTAL, return_url="http://x/", at=NOON)
        _mandate(slug, whose)
    set_autopay(customer_id=customer_id, is_on=True, at=NOON)
    invoice = an_invoice(customer_id=customer_id)
    attempt = begin_attempt(invoice_id=invoice.id, trigger=Trigger.ADMIN, at=NOON)
    carry_out(attempt_id=attempt, at=NOON)


def _mandate(slug, customer_id):
    """An authorisation of Pix Automático, and an invoice that waits for its day."""
    settings = {"pix_key": "k", "automatic": {"conta": "1", "tipoConta": "CORRENTE"}}
    account = an_account(GatewayKind.PIX, settings=settings)
    limit = MandateLimit(most_cents=10000)
    mandate_id = ask_mandate(customer_id=customer_id, limit=limit, at=NOON)
    mandate = Mandate.objects.lock(mandate_id)
    mandate.named(f"RR{slug}{customer_id.hex[:20]}")
    mandate.approve(at=NOON, look_at=NOON)
    due_on = NOON.date() + timedelta(days=30)
    invoice = an_invoice(customer_id=customer_id, due_on=due_on)
    assert plan_debit(invoice_id=invoice.id, at=NOON), account


def _reconciliation(slug):
    """A payment that only the provider knows, a payout, and a bank where it arrived."""
    said = MemoryStatement()
    account = an_account(GatewayKind.STRIPE, base_url=f"https://{slug}.invalid")
    said.receive(a_booked_payment(account), fee=238, at=NOON)
    said.pay_out(at=NOON)
    said.arrive()
    said.receive(told_by_the_provider(), at=NOON)
    with patch.dict(statements, {GatewayKind.STRIPE: lambda config: said}):
        compared(account)
    ana = User.objects.get(email=f"ana@{slug}.example").id
    difference_id = Difference.objects.latest("id").id
    noted = {"difference_id": difference_id, "author_id": ana, "text": slug}
    write_note(**noted, at=NOON)
    bank = add_bank_account(name="Banco", bank="341", number="1", currency="BRL", at=NOON)
    raw = f"data;valor;historico\n01/09/2026;47,52;REPASSE {slug} po_1\n".encode()
    sent = {"bank_account_id": bank, "raw": raw, "filename": "x.csv", "user_id": ana}
    columns = {"posted_on": 0, "amount": 1, "memo": 2}
    read_statement(statement_id=upload_statement(**sent, at=NOON), columns=columns, at=NOON)
    confirm_sure(at=NOON)


def _balance():
    """What a first payment that fitted nothing left is spent by now: the customer gets some again."""
    customer_id = CustomerUser.objects.get().customer_id
    adjust_wallet(customer_id=customer_id, amount=Money(1000), reason="cortesia", at=NOON)


def _somebody_elses_subscription():
    line = a_line(a_customer())
    open_subscriptions(order_id=line.order_id, at=NOON)


def _discount(slug):
    """An order with a coupon, by somebody who agreed to the terms."""
    publish_terms(body=slug, at=NOON)
    coupon = a_coupon(plan_ids=((price := a_price()).plan_id,))
    agreed = Extras(coupon=coupon.code, terms_version=1)
    email = f"renata@{slug}.example"
    domain = f"desconto-{slug}.com.br"
    an_order(price=price, domain=domain, email=email, extras=agreed)


def _delivery(slug):
    server = a_server(name=f"sp-{slug}")
    customer = CustomerUser.objects.get().customer
    service = a_service(customer=customer, domain=f"{slug}.com.br")
    service.place(server)
    run = run_of(service)
    ServerLease.objects.take(server=server, run_id=run.id, until=NOON, at=NOON)
    a_hold(service)
    a_difference(server, service)
    Policy.objects.create()
    PlanRoom.objects.create(plan=a_price().plan)
    a_transfer(an_active_service(customer=customer, domain=f"loja-{slug}.com.br"))


def _program(slug):
    """A program's key, a call it made, and an answer kept for it."""
    key = a_key(Tenant.objects.get())
    home_id = current_tenant_id()
    call = Call(home_id, key.id, NOON, "GET", "/v1/me", 200, 1, uuid7())
    write_calls(calls=[call])
    attempt = Attempt(key.id, "POST /v1/keys", slug, "0" * 64)
    keep_answer(attempt=attempt, kept=Kept(201, {}, b"{}"), at=NOON)


def _app(slug):
    """An app that the company publishes, which it lets into itself, and which fetched its tokens."""
    ana = User.objects.get(email=f"ana@{slug}.example").id
    form = ApplicationForm("Fluxo", "https://app.example", (BACK,), SCOPES)
    made = register_application(form=form, kind=ApplicationKind.CONFIDENTIAL, by=ana, at=NOON)
    with transaction():
        yes = Yes(face_of(made.id), SCOPES, ana)
        give_code(yes=yes, code=slug, redirect_uri=BACK, challenge=challenge_of(), at=NOON)
        issued = {"access_token": f"a{slug}", "refresh_token": f"r{slug}", "scope": "dns:read"}
        keep_tokens(grant=Grant.objects.get(), issued=issued, at=NOON)


def _webhook(slug):
    """Somebody outside is told of the sale above, and does not answer."""
    form = EndpointForm(url=f"https://{slug}.example/hooks", types=("*",))
    endpoint_id, _ = create_endpoint(form=form, at=NOON)
    send_test(endpoint_id=endpoint_id, at=NOON)
    (parcel,) = claim(endpoint_id=endpoint_id, at=NOON)
    record_outcome(parcel=parcel, outcome=Outcome(None, error="silêncio"), at=NOON)
    number_events()


def _privacy(person):
    """A copy of their data that can still be fetched, and a consent."""
    request_id = ask_for_export(user_id=person.id, at=now())
    build_export(request_id=request_id, at=now())
    set_consent(
        user_id=person.id,
        purpose=Purpose.NEWS,
        given=True,
        channel=Channel.CLIENT_AREA,
        at=NOON,
    )


def _zone(slug):
    domain = f"{slug}.com.br"
    new = NewZone(
        service_id=uuid7(),
        domain=domain,
        host="memory",
        reference="",
        ip="192.0.2.10",
        nameservers=("ns1.example",),
        records=(RecordSpec(domain, RecordType.A, "192.0.2.10"),),
    )
    with patch.dict(dns_hosts, {"memory": lambda reference: ZonesInMemory()}):
        create_zone(new=new, at=NOON)
