"""The platform sells to companies, one account pays for two of them, does not, and then does."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.ports import gateways
from alicerce.apps.billing.tests.conftest import Postbox
from alicerce.apps.billing.tests.doubles import MemoryGateway
from alicerce.apps.billing.tests.factories import a_payment
from alicerce.apps.billing.tests.factories import an_account as a_gateway
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.customers.models import CustomerUser
from alicerce.apps.dunning.jobs import find_due_steps
from alicerce.apps.notify.models import Message
from alicerce.apps.notify.ports import mailers
from alicerce.apps.payers.models import AccountCustomer
from alicerce.apps.payers.tests.factories import (
    FIRST,
    a_company,
    a_platform,
    a_sale,
    an_account,
    ana,
)
from alicerce.apps.subscriptions.jobs import find_billing_work
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.models import BillingAccount, Host, Tenant
from alicerce.apps.tenancy.types import ProductKey
from alicerce.kernel import clock
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of, transaction
from alicerce.kernel.money import Money
from alicerce.kernel.testing import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    root = a_platform()
    Host.objects.create(
        tenant_id=root.id, domain="raiz.example", base_url="https://raiz.example"
    )
    with acting(tenant_id=root.id), showing_rows_of(root.id):
        yield root


@pytest.fixture
def handed(monkeypatch):
    """What a mailer was given, in order; and a provider that never pays by itself."""
    handed, provider = [], MemoryGateway()
    monkeypatch.setitem(mailers, "smtp", Postbox(handed))
    for kind in GatewayKind:
        monkeypatch.setitem(gateways, kind, lambda config: provider)
    return handed


@pytest.fixture
def until(monkeypatch, handed):
    """Let the days pass, and do on each what the clock sets off."""
    today = [FIRST]
    monkeypatch.setattr(clock, "wall", lambda: today[0])

    def pass_days(day):
        goal = datetime(2026, day.month, day.day, 15, tzinfo=UTC)
        while today[0] < goal:
            with acting(tenant_id=None):
                find_billing_work()
                find_due_steps()
                run_jobs(include_delayed=True)
            today[0] = min(today[0] + timedelta(days=1), goal)
        with acting(tenant_id=None):
            find_billing_work()
            find_due_steps()
            run_jobs(include_delayed=True)

    return pass_days


def in_company(company, model):
    with acting(tenant_id=company.id), showing_rows_of(company.id):
        return list(model.objects.all())


def standing_of(*companies):
    return [in_company(one, Tenant)[0].restriction for one in companies]


def letters():
    return [(m.template, m.to) for m in Message.objects.order_by("id")]


def test_an_account_pays_for_two_companies_falls_behind_and_pays(root, until):
    owner = ana()
    account_id = an_account(owner)
    padaria, doces = (a_company(slug, account_id, owner) for slug in ("padaria", "doces"))
    with acting(tenant_id=None):
        run_jobs()

    customer = AccountCustomer.objects.get(account_id=account_id).customer
    assert (customer.name, customer.email) == ("Contas da Ana", "ana@padaria.example")
    assert CustomerUser.objects.get(customer=customer).user_id == owner.id

    a_sale(padaria, ProductKey.CRM, 9900, members="5")
    a_sale(doces, ProductKey.BI, 2900)
    until(date(2026, 10, 2))

    [invoice] = Invoice.objects.all()
    lines = billing.invoice_detail(invoice.id).lines
    assert [(line.description, line.total.cents) for line in lines] == [
        ("CRM Pro · Padaria", 9900),
        ("BI Pro · Doces", 2900),
    ]
    assert (invoice.customer_id, invoice.due_on) == (customer.id, date(2026, 10, 8))
    with acting(tenant_id=padaria.id), transaction():
        assert tenancy.enabled_products() == {ProductKey.CRM, ProductKey.HOSTING}
    assert BillingAccount.objects.get().payment_status == "pending"

    until(date(2026, 10, 12))
    assert BillingAccount.objects.get().payment_status == "past_due"
    assert standing_of(padaria, doces) == ["", ""]

    until(date(2026, 10, 14))
    assert standing_of(padaria, doces) == ["read_only", "read_only"]

    until(date(2026, 10, 21))
    assert standing_of(padaria, doces) == ["closed", "closed"]
    assert padaria.id not in tenancy.tenant_ids()

    billing.book_payment(
        account_id=a_gateway().id,
        paid=a_payment(invoice.id, amount=Money(12800), paid_at=clock.wall()),
        at=clock.wall(),
    )
    with acting(tenant_id=None):
        run_jobs()

    assert standing_of(padaria, doces) == ["", ""]
    assert padaria.id in tenancy.tenant_ids()
    assert BillingAccount.objects.get().payment_status == "active"
    told = [template for template, _ in letters() if template.startswith("company_")]
    assert told == [
        *["company_read_only"] * 2,
        *["company_locked"] * 2,
        *["company_unrestricted"] * 2,
    ]
