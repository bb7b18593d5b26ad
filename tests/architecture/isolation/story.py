"""What two companies did: every kind of row of a tenant, made by the use cases that make them."""

from datetime import UTC, datetime
from unittest.mock import patch

from alicerce.apps.audit.services.seal_entries import seal_entries
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.receive_notice import receive_notice
from alicerce.apps.billing.tests.factories import a_payment, an_account, an_invoice
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.dns.ports import dns_hosts
from alicerce.apps.dns.services.create_zone import create_zone
from alicerce.apps.dns.tests.doubles import ZonesInMemory
from alicerce.apps.dns.types import NewZone, RecordSpec, RecordType
from alicerce.apps.hosting.models import ServerLease
from alicerce.apps.hosting.tests.factories import a_server, a_service, run_of
from alicerce.apps.identity.models import SignInAttempt, User
from alicerce.apps.notify import public as notify
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.privacy.services.ask import ask_for_export
from alicerce.apps.privacy.services.consents import set_consent
from alicerce.apps.privacy.services.export import build_export
from alicerce.apps.privacy.types import Channel, Purpose
from alicerce.apps.support import public as support
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.models import CustomerUser, Membership
from alicerce.apps.tenancy.tests.factories import a_person
from alicerce.apps.tenancy.types import RoleKey
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7

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
            _delivery(slug)
            a_service()  # of somebody else in the same company, as is the next
            an_invoice()
        _zone(slug)
        for email in (f"renata@{slug}.example", f"ana@{slug}.example"):
            _privacy(User.objects.get(email=email))
        seal_entries(at=NOON)
    return tenant_id


def _people(slug):
    _member(f"ana@{slug}.example", RoleKey.OWNER)
    _impostor(f"ivo@{slug}.example")
    SignInAttempt.objects.create(email=f"ana@{slug}.example", ip="192.0.2.1", at=NOON)


def _sale(slug):
    """An order, its invoice, a charge for it, the provider's word, and the money."""
    account = an_account()
    order = an_order(price=a_price(), domain=f"{slug}.com.br", email=f"renata@{slug}.example")
    invoice = billing.invoice_of_order(order.id)
    charge_id = billing.begin_charge(
        invoice_id=invoice.id, method=PaymentMethod.PIX, return_url="http://x/", at=NOON
    )
    receive_notice(account_id=account.id, external_key=slug, raw=b"{}", headers={}, at=NOON)
    book_payment(
        account_id=account.id, paid=a_payment(invoice.id, charge_id=charge_id), at=NOON
    )
    customer = CustomerUser.objects.get()
    notify.send(
        template="order_received", to=f"renata@{slug}.example", key=slug, values={}, at=NOON
    )
    support.open_ticket(
        subject="Olá", body=slug, key=slug, customer_id=customer.customer_id, at=NOON
    )


def _delivery(slug):
    server = a_server(name=f"sp-{slug}")
    customer = CustomerUser.objects.get().customer
    service = a_service(customer=customer, domain=f"{slug}.com.br")
    service.place(server)
    run = run_of(service)
    ServerLease.objects.take(server=server, run_id=run.id, until=NOON, at=NOON)


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
