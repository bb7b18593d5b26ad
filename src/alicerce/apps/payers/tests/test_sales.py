"""What is sold to companies: once, at a price of the platform, by whoever pays for them then."""

from datetime import date, timedelta

import pytest

from alicerce.apps.billing.models import Invoice, InvoiceLine
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import BadPlan, NotForSale
from alicerce.apps.catalog.models import Plan, Price
from alicerce.apps.catalog.services.publish_plan import create_plan
from alicerce.apps.catalog.types import PlanForm
from alicerce.apps.customers.models import Customer
from alicerce.apps.payers import public as payers
from alicerce.apps.payers.errors import NobodyPays, NotForCompanies, SoldAlready
from alicerce.apps.payers.jobs import close_companies_of_suspended_accounts
from alicerce.apps.payers.models import AccountCustomer, Sale
from alicerce.apps.payers.services.buy import buy_product, preview_purchase
from alicerce.apps.payers.services.drop import drop_product
from alicerce.apps.payers.services.link import link_account
from alicerce.apps.payers.services.manage import change_product, preview_product_change
from alicerce.apps.payers.services.move import follow_payer
from alicerce.apps.payers.services.refresh import refresh_account
from alicerce.apps.payers.services.sell import sell_product
from alicerce.apps.payers.tests.factories import (
    FIRST,
    a_company,
    a_platform,
    a_price,
    a_sale,
    an_account,
    ana,
)
from alicerce.apps.payers.types import KIND
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.services.billing_run import begin_run, take_run_step
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.errors import PayerOwes
from alicerce.apps.tenancy.tests.factories import a_person
from alicerce.apps.tenancy.types import ProductKey
from alicerce.kernel import clock
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of, transaction

CRM, BI = ProductKey.CRM, ProductKey.BI


@pytest.fixture
def root(db):
    root = a_platform()
    with acting(tenant_id=root.id), showing_rows_of(root.id):
        yield root


@pytest.fixture
def owner(root):
    return ana()


@pytest.fixture
def account(owner):
    return an_account(owner)


@pytest.fixture
def padaria(account, owner):
    return a_company("padaria", account, owner)


def bill(at):
    run_id = begin_run(on=at.date(), at=at)
    if run_id:
        take_run_step(run_id=run_id, on=at.date(), at=at)


def asked():
    rows = InvoiceLine.objects.order_by("id").select_related("invoice")
    return [
        (row.invoice.customer.name, row.starts_on, row.ends_on, row.total_cents) for row in rows
    ]


def restriction_of(company):
    with acting(tenant_id=company.id), transaction():
        return tenancy.door(company.id).restriction


class TestLink:
    def test_makes_a_customer_of_each_account_once_though_they_share_a_mailbox(self, owner):
        one, other = an_account(owner), an_account(owner, name="Outra conta")

        made = [link_account(account_id=each, at=FIRST) for each in (one, other, one)]

        assert made[0] == made[2] != made[1]
        assert Customer.objects.count() == AccountCustomer.objects.count() == 2


class TestSell:
    def test_asks_up_to_the_day_of_the_first_sale_and_whole_months_from_then(self, padaria):
        a_sale(padaria, CRM, 9900)
        a_sale(padaria, BI, 3100, at=FIRST + timedelta(days=15))

        bill(FIRST + timedelta(days=15))
        (upcoming,) = payers.bill(
            Sale.objects.first().account_id, at=FIRST + timedelta(days=16)
        ).upcoming

        assert [(start, end, cents) for _, start, end, cents in asked()] == [
            (date(2026, 10, 1), date(2026, 11, 1), 9900),
            (date(2026, 10, 16), date(2026, 11, 1), 1600),  # 16 of 31 days
        ]
        assert [line.amount.cents for line in upcoming.lines] == [9900, 3100]
        assert upcoming.total.cents == 13000

    def test_refuses_twice_another_products_price_and_who_has_no_payer(self, padaria, root):
        price = a_price(CRM, 9900)
        sell_product(company_id=padaria.id, product=CRM, price_id=price, at=FIRST)

        with pytest.raises(SoldAlready):
            sell_product(company_id=padaria.id, product=CRM, price_id=price, at=FIRST)
        with pytest.raises(NotForCompanies):
            sell_product(company_id=padaria.id, product=BI, price_id=price, at=FIRST)
        with pytest.raises(NobodyPays):
            sell_product(company_id=root.id, product=CRM, price_id=price, at=FIRST)

    def test_is_of_plans_that_no_shop_shows_and_no_company_makes(self, padaria):
        price = a_price(CRM, 9900)

        assert catalog.storefront() == []
        with pytest.raises(NotForSale):
            catalog.priced_plan(price)
        with acting(tenant_id=padaria.id), pytest.raises(BadPlan):
            create_plan(form=PlanForm(KIND, "CRM", "Pro", spec={"product": "crm"}), at=FIRST)


class TestBuy:
    def test_tries_a_plan_once_an_account_and_sells_it_to_its_next_company(
        self, padaria, account, owner
    ):
        """The second company was shown a trial, and refused when it asked for it: it could buy nothing."""
        cafe, price = a_company("cafe", account, owner), a_price(CRM, 9900)
        Price.objects.filter(pk=price).update(trial_days=14)
        wanted = {"product": CRM, "price_id": price, "at": FIRST}
        first = buy_product(company_id=padaria.id, expected_cents=9900, **wanted)
        shown = preview_purchase(company_id=cafe.id, **wanted)
        second = buy_product(company_id=cafe.id, expected_cents=shown.total.cents, **wanted)

        assert (first.is_trial, shown.trial_days, second.is_trial) == (True, 0, False)
        assert [
            (row.total_cents, row.order_id is not None) for row in Invoice.objects.all()
        ] == [(9900, True)]

    def test_changes_to_no_plan_that_is_not_offered(self, padaria):
        """Of a plan whose limit nobody can read, a company would have everything."""
        a_sale(padaria, CRM, 9900, members="5")
        broken = a_price(CRM, 9901)
        plan_id = Price.objects.get(pk=broken).plan_id
        Plan.objects.filter(pk=plan_id).update(spec={"product": "crm", "members": "dez"})
        asked = {"company_id": padaria.id, "product": CRM, "price_id": broken, "at": FIRST}

        with pytest.raises(NotForCompanies):
            preview_product_change(**asked)
        with pytest.raises(NotForCompanies):
            change_product(expected_cents=1, **asked)


class TestMove:
    def test_lets_the_new_payer_pay_from_the_day_after_what_was_invoiced(self, padaria, owner):
        a_sale(padaria, CRM, 9900)
        bill(FIRST)
        later = FIRST + timedelta(days=10)
        bruno = a_person("bruno@doces.example", name="Bruno")
        other = an_account(bruno, name="Contas do Bruno")
        tenancy.pay_for(tenant_id=padaria.id, account_id=other, owner_id=bruno.id, at=later)

        moved = [follow_payer(company_id=padaria.id, at=later) for _ in range(2)]
        bill(FIRST + timedelta(days=24))

        assert moved == [1, 0]
        assert asked() == [
            ("Contas da Ana", date(2026, 10, 1), date(2026, 11, 1), 9900),
            ("Contas do Bruno", date(2026, 11, 1), date(2026, 12, 1), 9900),
        ]
        before, after = Sale.objects.order_by("id")
        assert (before.end, after.end, after.account_id) == ("moved", "", other)
        assert Invoice.objects.filter(status="open").count() == 2

    def test_is_no_way_out_for_who_owes(self, padaria, account, owner):
        tenancy.suspend_account(account_id=account, reason="Não confere.", at=FIRST)
        refresh_account(account_id=account, at=FIRST)
        mine = an_account(owner, name="Outra minha")
        other_owner = a_person("bruno@doces.example", name="Bruno")
        theirs = an_account(other_owner, name="Contas do Bruno")

        with pytest.raises(PayerOwes):
            tenancy.pay_for(tenant_id=padaria.id, account_id=mine, owner_id=owner.id, at=FIRST)
        tenancy.pay_for(
            tenant_id=padaria.id, account_id=theirs, owner_id=other_owner.id, at=FIRST
        )
        refresh_account(account_id=theirs, at=FIRST)

        assert restriction_of(padaria) == ""


class TestDrop:
    def test_takes_the_product_and_asks_again_for_no_day_twice(self, padaria):
        a_sale(padaria, CRM, 9900)
        bill(FIRST)

        drop_product(company_id=padaria.id, product=CRM, at=FIRST + timedelta(days=2))
        with acting(tenant_id=padaria.id), transaction():
            assert not tenancy.is_enabled(CRM)
        a_sale(padaria, CRM, 8900, at=FIRST + timedelta(days=5))
        bill(FIRST + timedelta(days=26))

        assert [(start, cents) for _, start, _, cents in asked()] == [
            (date(2026, 10, 1), 9900),
            (date(2026, 11, 1), 8900),
        ]
        assert (
            list(Subscription.objects.values_list("cancel_at_period_end", flat=True)).count(
                True
            )
            == 1
        )


class TestSuspendedAccount:
    def test_is_read_only_for_a_week_then_closed_and_open_at_once_when_resumed(
        self, padaria, account, monkeypatch
    ):
        def seen(at):
            monkeypatch.setattr(clock, "wall", lambda: at)
            close_companies_of_suspended_accounts()
            return restriction_of(padaria)

        tenancy.suspend_account(account_id=account, reason="Não confere.", at=FIRST)
        refresh_account(account_id=account, at=FIRST)
        walked = [seen(FIRST + timedelta(days=days)) for days in (1, 6, 7)]
        tenancy.resume_account(account_id=account, at=FIRST + timedelta(days=8))
        refresh_account(account_id=account, at=FIRST + timedelta(days=8))

        assert walked == ["read_only", "read_only", "closed"]
        assert restriction_of(padaria) == ""
