"""Whoever is erased is nowhere any more: no table, no queue, no column of any type says their name."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection, models, transaction

from alicerce.apps.audit import public as audit
from alicerce.apps.audit import queries as trail
from alicerce.apps.audit.rules.verifying import verify
from alicerce.apps.audit.services.seal_entries import seal_entries
from alicerce.apps.audit.types import Personal
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Charge, CustomerIssuer, Paper, Payment, Refund
from alicerce.apps.billing.services.attribute_payment import give_to_customer
from alicerce.apps.billing.services.begin_refund import begin_refund
from alicerce.apps.billing.services.receive_notice import receive_notice
from alicerce.apps.billing.services.record_payment import record_payment
from alicerce.apps.billing.tests.factories import PRICE, an_account, an_invoice, by_hand
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.catalog.tests.factories import a_field, a_price
from alicerce.apps.collecting.models import Attempt as CardAttempt
from alicerce.apps.collecting.models import (
    Autopay,
    Card,
    Collection,
    Debit,
    Mandate,
    Payer,
    Visit,
)
from alicerce.apps.corrections.services.ask import request_correction
from alicerce.apps.corrections.services.decide import refuse
from alicerce.apps.corrections.types import CorrectionKind, Wanted
from alicerce.apps.customers import public as customers
from alicerce.apps.customers.models import (
    Address,
    Contact,
    Customer,
    CustomerExport,
    CustomerImport,
    ExportPart,
    InvitationRound,
    Note,
    SavedView,
    Tag,
)
from alicerce.apps.customers.models import Invitation as CustomerInvitation
from alicerce.apps.disputes.models import Dispute
from alicerce.apps.disputes.services.answer_dispute import save_draft, submit_evidence
from alicerce.apps.disputes.services.follow_dispute import follow_dispute
from alicerce.apps.disputes.tests.factories import a_card_account, a_card_payment
from alicerce.apps.disputes.tests.factories import told as a_told_dispute
from alicerce.apps.dns.ports import dns_hosts
from alicerce.apps.dns.services.create_zone import create_zone
from alicerce.apps.dns.tests.doubles import ZonesInMemory
from alicerce.apps.dns.types import NewZone, RecordSpec, RecordType
from alicerce.apps.dunning.services.begin_walk import begin_walk
from alicerce.apps.dunning.services.override import NewOverride, set_override
from alicerce.apps.dunning.services.settle import settle
from alicerce.apps.dunning.types import End
from alicerce.apps.endpoints.models import Attempt, Delivery, Endpoint, LoggedEvent
from alicerce.apps.fiscal.models import FiscalDocument
from alicerce.apps.forecasts.tests.factories import a_told_invoice
from alicerce.apps.hosting.tests.factories import (
    a_difference,
    a_hold,
    a_server,
    a_service,
)
from alicerce.apps.identity.models import (
    Approval,
    Impersonation,
    KnownDevice,
    StandInConsent,
    User,
)
from alicerce.apps.identity.tests.factories import a_person
from alicerce.apps.metadata.models import Datum
from alicerce.apps.notify import public as notify
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.orders.types import Extras
from alicerce.apps.privacy.events import ErasureDue
from alicerce.apps.privacy.jobs import erase_due_person
from alicerce.apps.privacy.models import Export
from alicerce.apps.privacy.services import ask, export
from alicerce.apps.privacy.services.holders import HOLDERS, PERSON
from alicerce.apps.reconciliation.models import (
    BankAccount,
    BankLine,
    BankStatement,
    Difference,
    DifferenceNote,
)
from alicerce.apps.subscriptions.models import Change, Subscription
from alicerce.apps.subscriptions.services.follow_order import open_subscriptions
from alicerce.apps.subscriptions.services.hold import held_schedule
from alicerce.apps.subscriptions.types.changes import ChangeStatus, DropCause
from alicerce.apps.support import public as support
from alicerce.apps.switching.tests.factories import a_brought_row
from alicerce.apps.taxes.models import CustomerPlace, Exemption
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.models import BillingAccount, Invitation
from alicerce.apps.transfers.tests.factories import a_transfer, an_active_service
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.crypto import SecretField
from alicerce.kernel.db import transaction as use_case
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money
from tests.architecture.isolation import listing
from tests.architecture.isolation.scratch import copy_of_template, django_on, superuser_url

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
MARK, ADDRESS = "zqxmarca", "203.0.113.99"
EMAIL, DOMAIN = f"{MARK}@renata.example", f"{MARK}.com.br"
# By these the rest is found: they carry the mark from the start. And words are unique.
LINKS = {"email", "to", "raw", "data", "word"}
LINKS |= {
    "reconciliation.BankStatement.content",
    "customers.CustomerImport.content",
    "customers.ExportPart.body",
}
LINKS |= {"switching.DumpPart.body", "switching.StagedRow.body"}
TABLES = """
    select relname::text from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'
"""
ROWS = "select count(*) from {} t where t::text ilike any(%s)"
MARKED = 'select count(*) from {} where "{}"::text ilike any(%s)'
MARK_COLUMN = 'update {} set "{}" = %s where tenant_id = %s'
NEEDLES = [f"%{MARK}%", f"%{MARK.encode().hex()}%", f"%{ADDRESS}%"]
DEAD = """
    insert into queue_dead (job_id, name, tenant_id, payload, headers, priority, attempts, error)
    values (1, 'hosting.take_step', %s, %s, '{}', 0, 5, %s)
"""


WAITING = """
    insert into pgqueuer (priority, status, entrypoint, payload, headers)
    values (0, 'queued', 'hosting.take_step', %s, %s)
"""


@dataclass(frozen=True)
class Town:
    """Where it stands, and where the mark stood and did not before anything was erased."""

    database: str
    tenant_id: UUID
    unmarked: list[str]
    said: list[str]


@pytest.fixture(scope="module")
def town(worker_id, django_db_blocker):
    """Renata's whole story, and then Bruno's, who stays. Told by the use cases, marked by hand."""
    with copy_of_template(f"erasure_{worker_id}") as database, django_db_blocker.unblock():
        with django_on(database):
            tenant_id = tenancy.open_tenant(
                at=NOON,
                slug="padaria",
                hosts=("http://padaria.example",),
                name="Padaria",
                legal_name="Padaria Ltda",
                document="1",
                city="Curitiba",
                alert_email="a@padaria.example",
            )
            with acting(tenant_id=tenant_id, actor="visitor", ip=ADDRESS):
                _tell(EMAIL, f"{MARK} Souza", DOMAIN, ADDRESS)
        with django_on(database, url=superuser_url(database)):
            _mark(tenant_id)
            unmarked, said = _unmarked(), where_it_is_said()
        bruno = acting(tenant_id=tenant_id, actor="visitor", ip="198.51.100.7")
        with django_on(database), bruno:
            _tell("bruno@lima.example", "Bruno Lima", "bruno.com.br", "198.51.100.7")
        with django_on(database, url=superuser_url(database)):
            yield Town(database, tenant_id, unmarked, said)


@use_case()
def _tell(email, name, domain, ip):
    asked = a_field((price := a_price()).plan, is_personal=True)
    answers = Extras(answers={asked.id: domain})
    order = an_order(price=price, domain=domain, email=email, name=name, extras=answers)
    customer, user = Customer.objects.get(email=email), User.objects.get(email=email)
    _buy(order, domain)
    _serve(customer, domain)
    ticket = {"subject": name, "body": f"{name}, {domain}", "key": domain[:3], "at": NOON}
    support.open_ticket(customer_id=customer.id, **ticket)
    values = {"name": name, "link_order": domain}
    notify.send(template="order_received", to=email, key=domain[:3], values=values, at=NOON)
    _know(customer, user, domain)
    _work(user, domain)
    _let_in(user, domain, ip)
    _tell_programs(customer, domain)
    _compare(user, domain)
    a_brought_row(customer, owner=user, words=domain)
    with acting(tenant_id=customer.tenant_id), use_case():
        a_told_invoice(customer.id, words=domain)
    with acting(tenant_id=customer.tenant_id, actor=f"user:{user.id}", ip=ip):
        request_id = ask.ask_for_export(user_id=user.id, at=NOON)
    export.build_export(request_id=request_id, at=NOON)


def _buy(order, domain):
    account, invoice = an_account(), billing.invoice_of_order(order.id)
    charge_id = billing.begin_charge(
        invoice_id=invoice.id, method=PaymentMethod.PIX, return_url="http://x/", at=NOON
    )
    Charge.objects.filter(pk=charge_id).update(
        external_id=f"txid-000-{len(domain)}", error=domain
    )
    receive_notice(
        account_id=account.id,
        external_key=domain[:3],
        raw=f'{{"payer": "{domain}", "txid": "txid-000-{len(domain)}"}}'.encode(),
        headers={},
        at=NOON,
    )
    billing.void_invoice(invoice_id=invoice.id, at=NOON)
    _give_back(order.customer_id, domain)
    Paper.objects.create(
        customer_id=order.customer_id, digest=domain[:3], body=domain.encode(), made_at=NOON
    )
    CustomerIssuer.objects.create(customer_id=order.customer_id)
    open_subscriptions(order_id=order.id, at=NOON)
    _ask_to_change(Subscription.objects.get(order_id=order.id), domain)
    held_schedule(customer_id=order.customer_id)
    renewal = an_invoice(customer_id=order.customer_id)
    begin_walk(invoice_id=renewal.id, at=NOON)
    billing.void_invoice(invoice_id=renewal.id, at=NOON)
    settle(invoice_id=renewal.id, end=End.VOID, at=NOON)
    _keep_card(order.customer_id, account, renewal, domain)
    wanted = NewOverride(domain, extra_days=5)
    set_override(customer_id=order.customer_id, wanted=wanted, at=NOON)
    _correct(order.customer_id, domain)
    _dispute(order.customer_id, domain)
    _declare(renewal, domain)


def _correct(customer_id, domain):
    """A payment by hand that a program told of, and that a person did not believe."""
    invoice = an_invoice(customer_id=customer_id)
    told = {"cents": 1, "method": "cash", "received_on": NOON.date(), "proof": domain}
    wanted = Wanted(CorrectionKind.PAYMENT, domain, invoice_id=invoice.id, **told)
    asked = request_correction(wanted=wanted, at=NOON)
    refuse(correction_id=asked, reason=domain, by=uuid7(), at=NOON)
    billing.void_invoice(invoice_id=invoice.id, at=NOON)


def _dispute(customer_id, domain):
    """A payment that fitted nothing, contested and answered; its invoice was never paid."""
    invoice, card = an_invoice(customer_id=customer_id), a_card_account()
    a_card_payment(card, invoice, amount=Money(PRICE.cents + 1), reference=f"pi_{len(domain)}")
    told = a_told_dispute(payment_reference=f"pi_{len(domain)}")
    follow_dispute(account_id=card.id, told=told, at=NOON)
    dispute = Dispute.objects.get(account_id=card.id)
    save_draft(dispute_id=dispute.id, texts={"customer_name": domain}, at=NOON)
    submit_evidence(dispute_id=dispute.id, at=NOON)
    billing.void_invoice(invoice_id=invoice.id, at=NOON)


def _declare(invoice, domain):
    """What taxes and their documents keep."""
    Exemption.objects.create(
        customer_id=invoice.customer_id, reason=domain, starts_on=NOON.date()
    )
    CustomerPlace.objects.create(customer_id=invoice.customer_id, city_code="3550308")
    FiscalDocument.objects.create(
        invoice=invoice,
        customer_id=invoice.customer_id,
        status="cancelled",
        environment="2",
        series="1",
        number=FiscalDocument.objects.count() + 1,
        dps_id=f"DPS{FiscalDocument.objects.count()}",
        access_key="1",
        amount_cents=1,
        currency="BRL",
        sent_xml=domain,
        note_xml=domain,
        cancel_reason=domain,
        queued_at=NOON,
        look_at=NOON,
    )


def _keep_card(customer_id, account, invoice, domain):
    """A card that was charged and is kept no more."""
    payer = Payer.objects.create(
        customer_id=customer_id, account=account, external_id=f"cus-000-{len(domain)}"
    )
    card = Card.objects.create(
        payer=payer,
        customer_id=customer_id,
        external_id=f"pm-000-{len(domain)}",
        brand="visa",
        last4="4242",
        expires_on=NOON.date(),
        saved_at=NOON,
        seen_at=NOON,
    )
    collection = Collection.objects.create(
        invoice=invoice, customer_id=customer_id, ended_at=NOON
    )
    CardAttempt.objects.create(
        collection=collection,
        invoice=invoice,
        card=card,
        trigger="admin",
        status="dropped",
        begun_at=NOON,
        ended_at=NOON,
    )
    Autopay.objects.create(customer_id=customer_id, is_on=True, set_at=NOON)
    Visit.objects.create(customer_id=customer_id, kind="portal", asked_at=NOON)
    mandate = Mandate.objects.create(
        customer_id=customer_id,
        account=account,
        journey="alone",
        status="ended",
        external_id=f"RR-000-{len(domain)}",
        currency="BRL",
        starts_on=NOON.date(),
        asked_at=NOON,
        approved_at=NOON,
        ended_at=NOON,
    )
    Debit.objects.create(
        mandate=mandate,
        invoice=invoice,
        customer_id=customer_id,
        status="failed",
        debit_on=NOON.date(),
        try_on=NOON.date(),
        cycle_on=NOON.date(),
        begun_at=NOON,
        ended_at=NOON,
    )


def _ask_to_change(subscription, domain):
    """Another plan, asked for and dropped."""
    Change.objects.create(
        subscription=subscription,
        price=subscription.price,
        version=2,
        status=ChangeStatus.DROPPED,
        description=domain,
        cycle=subscription.cycle,
        amount_cents=1,
        net_cents=0,
        currency="BRL",
        effective_on=NOON.date(),
        look_on=NOON.date(),
        asked_at=NOON,
        closed_at=NOON,
        drop_cause=DropCause.WITHDRAWN,
    )


def _give_back(customer_id, domain):
    """An invoice of which a part was paid by hand and given back; never paid, so that no law keeps it."""
    invoice = an_invoice(customer_id=customer_id)
    told = by_hand(1000, reference=domain[:3], proof=domain, reason=domain)
    payment_id = record_payment(invoice_id=invoice.id, told=told, at=NOON)
    begin_refund(payment_id=payment_id, cents=990, reason=domain, reference="TED", at=NOON)
    Refund.objects.filter(payment_id=payment_id).update(error=domain)
    stray = billing.record_unclaimed(
        amount=Money(100), reference=f"L {domain[:3]}", received_at=NOON, proof="", at=NOON
    )
    give_to_customer(
        payment_id=stray, customer_id=customer_id, cents=100, reason=domain, at=NOON
    )
    billing.void_invoice(invoice_id=invoice.id, at=NOON)


def _know(customer, user, domain):
    """What a company keeps beside its customers."""
    CustomerInvitation.objects.create(
        customer=customer, email=user.email, role="owner", token_hash=domain, expires_at=NOON
    )
    Address.objects.create(customer=customer, kind="billing", state="PR")
    Contact.objects.create(customer=customer, name=domain, email=user.email)
    Note.objects.create(customer=customer, author="system", body=domain, at=NOON)
    Tag.objects.create(customer=customer, name=domain)
    Datum.objects.create(kind="customer", thing_id=customer.id, name="erp", value=domain)
    customers.make_findable(
        customer_id=customer.id, texts=[domain, user.name], origin="profile"
    )
    SavedView.objects.create(owner=user, name=domain)
    sheet = f"nome,e-mail\n{user.name},{user.email}\n"
    CustomerImport.objects.create(owner=user, filename=domain, content=sheet.encode(), total=1)
    taken = CustomerExport.objects.create(owner=user)
    InvitationRound.objects.create(owner=user, a_day=1, expected=1, state="done")
    ExportPart.objects.create(source=taken, position=0, body=sheet)


def _work(user, domain):
    """As who was asked into the team, pays, and confirmed something."""
    Invitation.objects.create(
        purpose="member",
        email=user.email,
        nonce="x",
        token_hash=domain,
        invited_by=user,
        sent_at=NOON,
        expires_at=NOON,
    )
    BillingAccount.objects.create(owner=user, name=domain, billing_email=user.email)
    Approval.objects.create(user=user, session="x", action="x", digest="x", asked_at=NOON)
    Impersonation.objects.create(
        actor=a_person(f"ajuda-{user.id}@padaria.example"),
        subject=user,
        area="client",
        reason="x",
        started_at=NOON,
        ends_at=NOON,
        ended_at=NOON,
    )
    StandInConsent.objects.create(
        actor=a_person(f"pede-{user.id}@padaria.example"),
        subject=user,
        area="client",
        reason="x",
        asked_at=NOON,
        expires_at=NOON,
    )


def _let_in(user, domain, ip):
    """What opens an account, and where it is open. These rows are of no tenant: no hand marks them."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Authenticator.objects.create(user=user, type="webauthn", data={"name": domain})
    account = SocialAccount.objects.create(
        user=user, provider="google", uid=domain, extra_data={"email": user.email}
    )
    SocialToken.objects.create(account=account, token=domain, token_secret=domain)
    Session.objects.create(session_key=user.id.hex, session_data=domain, expire_date=NOON)
    UserSession.objects.create(
        user=user,
        ip=ip,
        session_key=user.id.hex,
        user_agent=domain,
        data={"language": domain},
    )
    KnownDevice.objects.create(user=user, mark=domain, seen_at=NOON, token_hash=domain)


def _tell_programs(customer, domain):
    """An event in the log that mentions a customer, and an answer that repeats it."""
    endpoint = Endpoint.objects.create(url="https://x.example/", types=["*"])
    said = {"customer_id": str(customer.id), "domain": domain}
    event = LoggedEvent.objects.create(
        type="service.opened", version=1, subject=customer.id, at=NOON, data=said
    )
    delivery = Delivery.objects.create(
        endpoint=endpoint, event=event, subject=customer.id, next_at=NOON
    )
    Attempt.objects.create(
        delivery=delivery,
        number=1,
        at=NOON,
        url=endpoint.url,
        headers={},
        answer=domain,
        milliseconds=1,
    )


def _compare(user, domain):
    """What the bank says of a payment of theirs, and what they wrote of a difference."""
    paid = Payment.objects.latest("id")
    bank = BankAccount.objects.create(name=domain[:3])
    about = {"bank_account": bank, "posted_on": NOON.date(), "currency": "BRL"}
    sheet = BankStatement.objects.create(
        bank_account=bank,
        owner=user,
        filename="x",
        content=user.email.encode(),
        uploaded_at=NOON,
    )
    line = {"fingerprint": user.id.hex, "code": paid.reference, "amount_cents": 1}
    BankLine.objects.create(statement=sheet, memo=paid.reference, **line, **about)
    difference = Difference.objects.create(
        kind="amount",
        subject=paid.reference,
        reference=paid.reference,
        currency="BRL",
        owner=user,
        happened_at=NOON,
        opened_at=NOON,
        checked_at=NOON,
    )
    DifferenceNote.objects.create(
        difference=difference, author=user, text=domain, written_at=NOON
    )


def _serve(customer, domain):
    moved = an_active_service(customer=customer, domain=domain)
    a_transfer(moved)
    service = a_service(customer=customer, domain=domain)
    service.place(a_server())
    a_hold(service)
    a_difference(service.server, service)
    for one in (moved, service):
        orders.fulfil_line(line_id=one.line_id, at=NOON)
    type(service).objects.filter(customer=customer).update(status="terminated")
    audit.record(
        action="note.written",
        entity="service",
        after={"words": Personal(domain, of=f"customer:{customer.id}")},
        at=NOON,
    )
    record = RecordSpec(domain, RecordType.A, "192.0.2.10")
    new = NewZone(
        domain=domain,
        service_id=service.id,
        host="memory",
        reference="",
        ip="192.0.2.10",
        nameservers=("ns1.example",),
        records=(record,),
    )
    with patch.dict(dns_hosts, {"memory": lambda reference: ZonesInMemory()}):
        create_zone(new=new, at=NOON)


def _mark(tenant_id):
    """In every personal column, whatever the use cases happened to write there."""
    with transaction.atomic():
        for model, field in personal_columns():
            label = f"{model._meta.label}.{field.name}"
            if hasattr(model, "tenant_id") and not {field.name, label} & LINKS:
                _mark_column(model, field, tenant_id)
        customer = Customer.objects.get(tenant_id=tenant_id)
        payload = f'{{"customer_id": "{customer.id}", "domain": "{DOMAIN}"}}'
        _run(DEAD, tenant_id, payload, DOMAIN)
        _run(WAITING, payload.encode(), f'{{"tenant": "{tenant_id}"}}')


def _mark_column(model, field, tenant_id):
    if isinstance(field, SecretField):
        return
    table = model._meta.db_table
    _run(f"alter table {table} disable trigger user")
    value = f'["{MARK}"]' if isinstance(field, models.JSONField) else MARK
    value = f'{{"x": "{MARK}"}}' if field.name in {"spec", "headers", "texts"} else value
    _run(MARK_COLUMN.format(table, field.column), value, tenant_id)
    _run("set constraints all immediate")
    _run(f"alter table {table} enable trigger user")


def personal_columns():
    for holder in (*HOLDERS, PERSON):
        for model, inventory in holder.kept.items():
            for name in [*inventory.erased, *inventory.kept]:
                yield model, model._meta.get_field(name)


def _run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def where_it_is_said():
    found = []
    for (table,) in _run(TABLES):
        ((count,),) = _run(ROWS.format(f'"{table}"'), NEEDLES)
        found += [f"{table}: {count} rows"] if count else []
    return found


def erase(town, *, at):
    """As the worker does, under row-level security."""
    worker = acting(tenant_id=town.tenant_id, actor="job:privacy.erase_due_person")
    with django_on(town.database), worker:
        user = User.objects.get(email=EMAIL)
        request_id = ask.ask_for_erasure(user_id=user.id, at=at - timedelta(days=7))
        with patch("alicerce.apps.privacy.jobs.now", lambda: at):
            for _ in range(2):
                erase_due_person(ErasureDue(at=at, request_id=request_id))
        seal_entries(at=now())


def _unmarked():
    """A column that never said it would prove nothing by being silent."""
    return [
        f"{model._meta.label}.{field.name}"
        for model, field in personal_columns()
        if not isinstance(field, SecretField)
        and not _run(MARKED.format(model._meta.db_table, field.column), NEEDLES)[0][0]
    ]


@pytest.fixture(scope="module")
def erased(town):
    before = {model: model._default_manager.count() for model in (Customer, User)}
    erase(town, at=now())
    return before


def test_the_mark_stood_in_every_personal_column(town):
    assert not town.unmarked, listing(town.unmarked)
    assert "queue_dead: 1 rows" in town.said
    assert "pgqueuer: 1 rows" in town.said


def test_nothing_is_said_once_they_are_erased(erased):
    found = where_it_is_said()

    assert not found, listing(found)


def test_rows_stay_and_names_go(erased):
    assert erased == {model: model._default_manager.count() for model in erased}
    assert Export.objects.count() == 1, "Bruno's"


def test_who_stays_is_left_alone(town, erased):
    with acting(tenant_id=town.tenant_id), use_case():
        bruno = User.objects.get(email="bruno@lima.example")
        told = export.told_of(user_id=bruno.id)

    text = str([each.rows for each in told])
    assert "Bruno Lima" in text
    assert "bruno.com.br" in text
    assert len(told) > 12


def test_the_trail_still_verifies(town, erased):
    (own,) = [each for each in trail.trails() if each.tenant_id == str(town.tenant_id)]

    assert verify(own, at=now(), keys=trail.keys()).intact
    assert any(entry["action"] == "subject.forgotten" for entry in own.entries.values())
