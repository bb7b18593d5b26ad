"""A company's owner buys, changes and ends the platform's products, and its account pays."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.ports import gateways
from alicerce.apps.billing.tests.conftest import Postbox
from alicerce.apps.billing.tests.doubles import MemoryGateway
from alicerce.apps.billing.tests.factories import a_payment
from alicerce.apps.billing.tests.factories import an_account as a_gateway
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.models import Price
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.developers.services.make_key import make_key
from alicerce.apps.developers.types import Maker, NewKey
from alicerce.apps.notify.ports import mailers
from alicerce.apps.orders.models import Order
from alicerce.apps.payers.models import Purchase, Sale
from alicerce.apps.payers.tests.factories import FIRST, a_company, a_platform, an_account, ana
from alicerce.apps.payers.types import KIND
from alicerce.apps.subscriptions.jobs import find_billing_work
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.models import Host
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel import clock
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of, transaction
from alicerce.kernel.money import Money
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import browser

pytestmark = pytest.mark.django_db
HOME = "/app/empresa/plataforma/produtos/"


@pytest.fixture
def today(monkeypatch):
    today = [FIRST]
    monkeypatch.setattr(clock, "wall", lambda: today[0])
    monkeypatch.setitem(mailers, "smtp", Postbox([]))
    provider = MemoryGateway()
    for kind in GatewayKind:
        monkeypatch.setitem(gateways, kind, lambda config: provider)
    return today


@pytest.fixture
def root(today):
    root = a_platform()
    Host.objects.create(
        tenant_id=root.id, domain="raiz.example", base_url="http://raiz.example"
    )
    with acting(tenant_id=root.id), showing_rows_of(root.id):
        yield root


@pytest.fixture
def padaria(root):
    """A company, its owner at their browser, and a colleague who answers for no account."""
    owner = ana()
    company = a_company("padaria", an_account(owner), owner)
    Host.objects.create(tenant_id=company.id, domain="testserver", base_url="http://testserver")
    work()
    return company, browser(owner)


def plans(product, **cents):
    """Plans of one product in the platform's catalog, and the id of each one's monthly price."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        found = {}
        for name, each in cents.items():
            plan_id = catalog.publish_plan(
                new=catalog.NewPlan(
                    product_kind=KIND,
                    product_name=product.upper(),
                    slug=f"{product}-{name}",
                    name=name.title(),
                    summary="",
                    features=(),
                    spec={"product": product, "members": str(each // 1000)},
                    prices={Cycle.MONTHLY: Money(each)},
                ),
                at=FIRST,
            )
            found[name] = Price.objects.get(plan_id=plan_id).id
        return found


def work():
    with acting(tenant_id=None):
        find_billing_work()
        run_jobs(include_delayed=True)


def pay(invoice):
    billing.book_payment(
        account_id=GATEWAY[0],
        paid=a_payment(invoice.id, amount=invoice.remaining, paid_at=clock.wall()),
        at=clock.wall(),
    )
    work()


GATEWAY = []


def read_by_api(company, client, what):
    """What a key of this browser's person is answered."""
    maker = Maker(UUID(client.session["_auth_user_id"]), frozenset({"platform_bill:read"}))
    with acting(tenant_id=company.id), transaction():
        new = NewKey("Contas", frozenset({"platform_bill:read"}))
        key = make_key(new=new, maker=maker, at=clock.wall())
    return client.get(
        f"/v1/platform/{what}", headers={"Authorization": f"Bearer {key.secret}"}
    ).json()


def has(company):
    with acting(tenant_id=company.id), transaction():
        return {one.key: dict(one.limits) for one in tenancy.products() if one.is_enabled}


def end_and_keep_until_the_last_day(company, owner, today):
    ended = owner.post(f"{HOME}crm/encerrar/", {"reason": "Caro"})
    assert ended["Location"] == HOME
    assert "Termina em" in owner.get(HOME).text
    owner.post(f"{HOME}crm/manter/")
    owner.post(f"{HOME}crm/encerrar/")
    today[0] = datetime(2026, 10, 31, 15, tzinfo=UTC)
    work()
    assert "crm" in has(company)
    today[0] = datetime(2026, 11, 1, 15, tzinfo=UTC)
    work()
    assert date(2026, 11, 1) == Sale.objects.get().subscription.ends_on


def test_an_owner_buys_pays_changes_and_ends(root, padaria, today):
    company, owner = padaria
    before = set(has(company))
    price = plans("crm", pro=9900, plus=19800)
    GATEWAY[:] = [a_gateway().id]
    buying = f"{HOME}crm/comprar/{price['pro']}/"

    assert "CRM Pro" in owner.get(HOME).text
    assert "R$\xa099,00" in owner.get(buying).text
    stale = owner.post(buying, {"expected_cents": 9800})
    placed = owner.post(buying, {"expected_cents": 9900})
    again = owner.post(buying, {"expected_cents": 9900})
    work()

    order = Order.objects.get()
    assert stale["Location"] == buying
    assert placed["Location"] == HOME  # forms end at their own origin
    assert f'href="http://raiz.example/pedido/{order.token}/"' in owner.get(HOME).text
    assert again.status_code == 409
    assert (set(has(company)), Purchase.objects.waiting().count()) == (before, 1)
    assert "Espera o pagamento" in owner.get(HOME).text

    pay(billing.invoice_of_order(order.id))
    work()
    assert has(company)["crm"] == {"members": 9}
    sale = Sale.objects.get()
    assert (sale.subscription.order_id, Purchase.objects.waiting().count()) == (order.id, 0)
    order.refresh_from_db()
    assert order.status == "completed"
    bought = Client().get(f"/pedido/{order.token}/", headers={"host": "raiz.example"}).text
    assert "Tudo pronto!" in bought
    assert "ativação começa" not in bought, "no server makes it"

    assert read_by_api(company, owner, "products")["data"][0]["state"] in {"sold", "included"}
    (asked,) = read_by_api(company, owner, "invoices")["data"]
    (paid,) = read_by_api(company, owner, "payments")["data"]
    assert (asked["remaining_cents"], paid["platform_invoice_id"]) == (0, asked["id"])
    assert (
        read_by_api(company, owner, f"invoices/{asked['id']}")["lines"][0]["unit_cents"] == 9900
    )

    today[0] = FIRST + timedelta(days=15)
    changing = f"{HOME}crm/mudar/"
    assert "CRM Plus" in owner.get(changing).text
    shown = owner.get(f"{changing}?preco={price['plus']}").text
    cents = int(shown.split('name="expected_cents" value="')[1].split('"')[0])
    owner.post(changing, {"price_id": price["plus"], "expected_cents": cents})
    bill = Invoice.objects.exclude(order_id=order.id).get()
    assert bill.total_cents == cents == 5109  # 16 of 31 days of each plan
    pay(billing.invoice(bill.id))
    assert has(company)["crm"] == {"members": 19}

    end_and_keep_until_the_last_day(company, owner, today)
    assert set(has(company)) == before
    assert Invoice.objects.count() == 2


def test_others_buy_nothing_and_what_is_not_paid_is_given_back(root, padaria, today):
    company, owner = padaria
    price = plans("bi", pro=2900)["pro"]
    buying = f"{HOME}bi/comprar/{price}/"
    with acting(tenant_id=company.id), showing_rows_of(company.id):
        colleague = a_person("caio@padaria.example", name="Caio")
        a_member(company, colleague, "admin")

    caio = browser(colleague)
    assert read_by_api(company, caio, "invoices")["code"] == "not_your_account"
    assert read_by_api(company, caio, "account")["name"] == "Contas da Ana"
    assert "Só quem responde por ela" in caio.get(HOME).text
    assert caio.post(buying, {"expected_cents": 2900}).status_code == 404
    owner.post(buying, {"expected_cents": 2900})
    owner.post(f"{HOME}bi/desistir/")
    work()
    assert (Purchase.objects.waiting().count(), Invoice.objects.get().status) == (0, "void")

    account = tenancy.payer_of(company.id)
    tenancy.suspend_account(account_id=account.id, reason="Não confere.", at=today[0])
    assert owner.post(buying, {"expected_cents": 2900}).status_code in {403, 409}
    assert Order.objects.count() == 1
