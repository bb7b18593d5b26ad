"""Payment accounts on pages: offered by the platform, opened by a company on Stripe's, shut with proof."""

import pytest
from django.urls import reverse

from alicerce.apps.audit.models import Entry
from alicerce.apps.billing.models import ConnectOffer, Merchant
from alicerce.apps.billing.ports import connectors
from alicerce.apps.billing.services.connect_merchant import look_at_merchant, open_onboarding
from alicerce.apps.billing.services.offer_connect import offer_connect
from alicerce.apps.billing.tests.factories import an_account
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.billing.types.connecting import ConnectTerms, MerchantTold
from alicerce.apps.tenancy.models import Host
from alicerce.apps.tenancy.tests.factories import a_member, a_person, a_tenant
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.surfaces.tests.conftest import approve, browser

STRIPE_PAGE = "https://connect.stripe.example/setup/s/1"


class MemoryConnector:
    """Says what it is told to say of the one account there is."""

    def __init__(self):
        self.told = MerchantTold("acct_1", can_charge=False, has_told_all=False)

    def open_account(self, merchant_id, tenant_id):
        return "acct_1"

    def find_account(self, merchant_id, since):
        return ""

    def open_link(self, external_id, return_url):
        assert return_url.endswith("/app/financeiro/recebimento/volta/")
        return STRIPE_PAGE

    def ask(self, external_id):
        return self.told


@pytest.fixture
def connector(monkeypatch):
    found = MemoryConnector()
    monkeypatch.setitem(connectors, GatewayKind.STRIPE, lambda config: found)
    return found


@pytest.fixture
def root(db):
    return a_tenant("raiz", is_root=True)


@pytest.fixture
def offered(root):
    with acting(tenant_id=root.id), showing_rows_of(root.id):
        account = an_account(GatewayKind.STRIPE, name="Stripe da plataforma")
        offer_connect(account_id=account.id, terms=ConnectTerms(250, True, True), at=now())
        return account


def at(name, *args):
    return reverse(f"workspace:{name}", args=args)


def somebody(email, role, site):
    person = a_person(email)
    a_member(site, person, role)
    return browser(person)


def test_an_account_is_opened_seen_and_shut(site, offered, connector):
    finance = somebody("fabio@padaria.example", "finance", site)
    page = finance.get(at("receiving")).text
    assert "Conectar com Stripe" in page
    assert "2,5%" in page

    way = finance.post(at("merchant_connect", offered.id)).headers["Location"]
    assert "Abrindo a página segura" in finance.get(way).text
    merchant = Merchant.objects.get()
    open_onboarding(merchant_id=merchant.id, at=now())
    assert STRIPE_PAGE in finance.get(way).text

    back = finance.get(at("merchant_back"))
    assert back.headers["Location"] == f"{at('receiving')}?aguardando=1"
    connector.told = MerchantTold(
        "acct_1", False, True, ("external_account", "x.y"), "under_review"
    )
    look_at_merchant(merchant_id=merchant.id, at=now())
    page = finance.get(at("receiving")).text
    assert "a Stripe está analisando a conta" in page
    assert "A conta bancária que recebe os repasses; Outro dado (x.y)" in page
    connector.told = MerchantTold("acct_1", True, True, due_by=now())
    look_at_merchant(merchant_id=merchant.id, at=now())
    assert "não os repassa ao banco" in finance.get(at("receiving")).text
    connector.told = MerchantTold("acct_1", True, True, can_pay_out=True)
    look_at_merchant(merchant_id=merchant.id, at=now())
    assert "A conta recebe pagamentos." in finance.get(at("receiving")).text

    approve(finance, at("merchant_disconnect", merchant.id))
    assert Merchant.objects.get().state == "disconnected"
    page = finance.get(at("receiving")).text
    assert "Conectar com Stripe" in page
    assert "A conta acct_1 está desligada" in page
    assert "Nenhuma tarifa" in finance.get(at("platform_fees")).text
    assert finance.get(at("platform_fees"), {"depois": "x"}).status_code == 404
    done = Entry.objects.filter(entity_id=merchant.id).values_list("action", flat=True)
    assert {"merchant.asked", "merchant.opened", "merchant.disconnected"} <= set(done)


def test_the_offer_is_changed_by_the_platform_only(root, offered, connector):
    with acting(tenant_id=root.id), showing_rows_of(root.id):
        Host.objects.create(
            tenant_id=root.id, domain="testserver", base_url="http://testserver"
        )
        owner = somebody("rita@raiz.example", "owner", root)
        assert "Stripe da plataforma" in owner.get(at("receiving")).text
        page = at("connect_offer", offered.id)
        assert owner.post(page, {"fee": "31,00"}).status_code == 422
        assert owner.post(page, {"fee": "1,00", "fixed": "10,01"}).status_code == 422
        owner.post(page, {"fee": "1,50", "fixed": "0,40", "is_open": "on"})
        offer = ConnectOffer.objects.get()
        assert (offer.fee_basis_points, offer.fee_fixed_cents) == (150, 40)
        assert offer.gives_fee_back is False
        assert "1,5% + R$" in owner.get(at("receiving")).text


def test_who_may_not_manage_connects_nothing(site, offered, connector):
    support = somebody("suzi@padaria.example", "support", site)
    assert support.post(at("merchant_connect", offered.id)).status_code == 403
    finance = somebody("fabio@padaria.example", "finance", site)
    assert finance.get(at("connect_offer", offered.id)).status_code == 404
    assert not Merchant.objects.exists()
