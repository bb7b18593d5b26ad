"""Opening companies, closing their doors, their products and who pays for them."""

from dataclasses import replace

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.errors import (
    NotYours,
    PayerSuspended,
    SlugTaken,
    UnknownAccount,
    WrongPerson,
)
from alicerce.apps.tenancy.models import Tenant
from alicerce.apps.tenancy.queries.access import standings_of
from alicerce.apps.tenancy.queries.tenants import profile
from alicerce.apps.tenancy.services.company import describe_company
from alicerce.apps.tenancy.services.invite import accept_invitation, invite_payer
from alicerce.apps.tenancy.services.open_tenant import open_company
from alicerce.apps.tenancy.services.payers import take_over_payment
from alicerce.apps.tenancy.tests.cast import LATER, NOON, a_colleague, the_invitation
from alicerce.apps.tenancy.tests.factories import a_person, a_tenant
from alicerce.apps.tenancy.types import NewCompany, ProductKey
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7
from alicerce.kernel.products import has_product, while_enabled
from conftest import inside

DOCES = NewCompany(
    slug="doces",
    profile={
        "name": "Doces",
        "legal_name": "Doces Ltda",
        "document": "11222333000181",
        "city": "Recife",
        "time_zone": "America/Recife",
        "locale": "pt-br",
    },
)


@pytest.fixture
def platform(db):
    return a_tenant("raiz", is_root=True)


def opened(owner, new=DOCES):
    return open_company(new=new, owner_id=owner.id, email=owner.email, at=NOON)


def trail_of(tenant_id):
    with acting(tenant_id=tenant_id), transaction():
        return list(Entry.objects.order_by("id").values_list("action", flat=True))


class TestOpenCompany:
    def test_makes_its_opener_the_owner_and_the_payer(self, platform):
        ana = a_person()

        doces = opened(ana)

        (standing,) = standings_of(ana.id)
        assert (standing.tenant_id, standing.role) == (doces, "owner")
        payer = tenancy.payer_of(doces)
        assert (payer.owner_id, payer.name, payer.pays_for) == (ana.id, "Doces Ltda", (doces,))
        assert trail_of(doces) == [
            "tenant.opened",
            "product.enabled",
            "member.added",
            "tenant.payer_changed",
        ]

    def test_may_be_paid_by_an_account_of_ones_own(self, platform):
        ana = a_person()
        account = tenancy.payer_of(opened(ana)).id

        bolos = opened(ana, replace(DOCES, slug="bolos", account_id=account))

        assert tenancy.payer_of(bolos).id == account
        assert len(tenancy.accounts_of(ana.id)) == 1

    def test_cannot_be_paid_by_somebody_elses_account_and_then_is_not_open(self, platform):
        ana, eva = a_person(), a_person("eva@example.com")
        account = tenancy.payer_of(opened(ana)).id

        with pytest.raises(UnknownAccount):
            opened(eva, replace(DOCES, slug="bolos", account_id=account))

        assert standings_of(eva.id) == ()

    def test_refuses_a_short_name_that_is_taken(self, platform):
        opened(a_person())

        with pytest.raises(SlugTaken):
            opened(a_person("eva@example.com"))


class TestSuspendTenant:
    def test_closes_the_doors_until_resumed(self, tenant):
        tenancy.suspend_tenant(reason="Falta pagar.", at=NOON)
        tenancy.suspend_tenant(reason="Outra vez.", at=LATER)

        assert not tenancy.is_open(tenant.id)
        assert Tenant.objects.get().suspension_reason == "Falta pagar."

        tenancy.resume_tenant(at=LATER)
        tenancy.resume_tenant(at=LATER)

        assert tenancy.is_open(tenant.id)
        assert trail_of(tenant.id) == ["tenant.suspended", "tenant.resumed"]

    def test_closes_a_sandbox_that_is_opened_at_that_moment(self, tenant):
        tenancy.suspend_tenant(reason="Falta pagar.", at=NOON)
        twin = uuid7()

        tenancy.open_sandbox(of=tenant.id, as_id=twin, at=NOON)

        assert twin not in tenancy.tenant_ids()
        tenancy.resume_tenant(at=LATER)
        assert twin in tenancy.tenant_ids()

    def test_of_the_platform_takes_its_operators_their_rights(self, platform, tenant):
        with inside(platform):
            eva = a_colleague(platform, "operator")
            tenancy.suspend_tenant(reason="x", at=NOON)

        assert not tenancy.access_of(user_id=eva, tenant_id=tenant.id).permissions


class TestDescribeCompany:
    def test_keeps_names_and_documents_out_of_the_trail(self, tenant):
        other = replace(profile(), legal_name="Segredo Ltda", time_zone="America/Belem")

        describe_company(profile=other, at=NOON)
        describe_company(profile=other, at=NOON)

        (entry,) = Entry.objects.all()
        assert entry.after["time_zone"] == "America/Belem"
        assert entry.after["changed"] == ["legal_name", "time_zone"]
        assert "Segredo" not in str(entry.after)


class TestProducts:
    def test_begin_and_end_once(self, tenant, published):
        for _ in range(2):
            tenancy.enable_product(product=ProductKey.CRM, at=NOON)
        assert tenancy.enabled_products() == {"hosting", "crm"}
        for _ in range(2):
            tenancy.disable_product(product=ProductKey.CRM, at=LATER)

        assert tenancy.enabled_products() == {"hosting"}
        assert [fact.name for fact in published] == ["product.enabled", "product.disabled"]

    def test_are_each_tenants_own(self, tenant, other_tenant):
        tenancy.enable_product(product=ProductKey.CRM, at=NOON)
        with other_tenant:
            assert not has_product("crm")
        assert has_product("crm")

    def test_that_are_off_queue_no_jobs(self, tenant):
        wants = while_enabled("automation")
        assert not wants(object())

        tenancy.enable_product(product=ProductKey.AUTOMATION, at=NOON)

        assert wants(object())


class TestPayers:
    def test_change_on_the_owners_word_and_there_is_one_at_any_time(self, platform):
        ana = a_person()
        doces = opened(ana)
        first = tenancy.payer_of(doces)
        second = tenancy.open_billing_account(
            owner_id=ana.id, name="Grupo", billing_email="Grupo@Example.com", at=NOON
        )

        take_over_payment(tenant_id=doces, account_id=second, by=ana.id, at=LATER)

        assert tenancy.payer_of(doces).id == second
        pays = {account.id: account.pays_for for account in tenancy.accounts_of(ana.id)}
        assert pays == {first.id: (), second: (doces,)}
        assert trail_of(doces)[-1] == "tenant.payer_changed"
        assert trail_of(platform.id)[-1] == "billing_account.took_tenant"

    def test_are_changed_by_the_owner_alone(self, platform):
        ana, eva = a_person(), a_person("eva@example.com")
        doces = opened(ana)
        with acting(tenant_id=doces), transaction():
            from alicerce.apps.tenancy.models import Membership

            Membership.objects.create(user=eva, role="admin")
        own = tenancy.open_billing_account(
            owner_id=eva.id, name="Eva", billing_email=eva.email, at=NOON
        )

        with pytest.raises(NotYours):
            take_over_payment(tenant_id=doces, account_id=own, by=eva.id, at=LATER)

    def test_that_are_somebody_else_have_to_want_it(self, platform):
        ana, eva = a_person(), a_person("eva@example.com")
        doces = opened(ana)
        before = tenancy.payer_of(doces)
        account = tenancy.open_billing_account(
            owner_id=eva.id, name="Eva", billing_email=eva.email, at=NOON
        )
        with pytest.raises(UnknownAccount):
            take_over_payment(tenant_id=doces, account_id=account, by=ana.id, at=NOON)
        with acting(tenant_id=doces), transaction():
            invite_payer(email=eva.email, by=ana.id, at=NOON)
            token = the_invitation().token
        assert tenancy.payer_of(doces) == before

        with pytest.raises(WrongPerson):
            accept_invitation(token=token, by=ana.id, account_id=account, at=LATER)
        accept_invitation(token=token, by=eva.id, account_id=account, at=LATER)

        assert tenancy.payer_of(doces).owner_id == eva.id

    def test_that_are_suspended_take_on_nothing_new(self, platform):
        ana = a_person()
        account = tenancy.payer_of(opened(ana)).id
        tenancy.suspend_account(account_id=account, reason="Contestação", at=NOON)

        with pytest.raises(PayerSuspended):
            opened(ana, replace(DOCES, slug="bolos", account_id=account))
        tenancy.resume_account(account_id=account, at=LATER)

        assert opened(ana, replace(DOCES, slug="bolos", account_id=account))
