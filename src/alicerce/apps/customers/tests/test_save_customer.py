"""A customer written down, changed by two people, blocked and closed."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection

from alicerce.apps.audit.models import Entry
from alicerce.apps.customers.errors import (
    BadCustomer,
    CustomerClosed,
    CustomerHasServices,
    CustomerTaken,
    NoSuchCustomer,
    StaleCustomer,
    TierTaken,
)
from alicerce.apps.customers.models import Customer
from alicerce.apps.customers.ports import live_things
from alicerce.apps.customers.queries.customers import (
    addresses_of,
    customer_detail,
    customers,
    notes_of,
)
from alicerce.apps.customers.services import change_status as status
from alicerce.apps.customers.services import keep_details as details
from alicerce.apps.customers.services.make_findable import make_findable
from alicerce.apps.customers.services.save_customer import create_customer, update_customer
from alicerce.apps.customers.tests.factories import a_cpf, a_customer, a_profile
from alicerce.apps.customers.types import AddressForm, AddressKind, CustomerStatus, Wanted

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
HOME = AddressForm(AddressKind.BILLING, "80010-000", "Rua XV", "1", "Centro", "Curitiba", "PR")


def create(**given):
    return create_customer(profile=a_profile(**given), at=NOON)


def names(published):
    return [fact.name for fact in published]


class TestCreateCustomer:
    def test_says_so_once(self, tenant, published):
        customer_id = create(tags=("VIP",))

        detail = customer_detail(customer_id)
        assert (detail.version, detail.status) == (1, CustomerStatus.ACTIVE)
        assert detail.profile.tags == ("vip",)
        assert names(published) == ["customer.created"]

    def test_takes_an_alphanumeric_cnpj(self, tenant):
        customer_id = create(document="12ABC34501DE35", document_kind="cnpj")

        assert customer_detail(customer_id).profile.document == "12ABC34501DE35"

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"document": "52998224726"}, "document"),
            ({"document": "12ABC34501DE35", "document_kind": "cpf"}, "document"),
            ({"name": "  "}, "name"),
            ({"tier_id": uuid4()}, "tier"),
        ],
    )
    def test_refuses_what_cannot_be(self, tenant, given, field):
        with pytest.raises(BadCustomer) as refused:
            create(**given)

        assert refused.value.field == field

    @pytest.mark.parametrize("same", [{"document": a_cpf()}, {"external_reference": "42"}])
    def test_refuses_a_second_one_of_the_same(self, tenant, same):
        create(**same)

        with pytest.raises(CustomerTaken):
            create(**same)
        assert Customer.objects.count() == 1

    def test_the_neighbour_may_have_the_same_document(self, tenant, other_tenant):
        document = a_cpf()
        create(document=document)

        with other_tenant:
            create(document=document)

    def test_needs_no_document(self, tenant):
        create(document="", document_kind="")
        create(document="", document_kind="")

        assert Customer.objects.count() == 2


class TestUpdateCustomer:
    def test_counts_versions_and_names_what_changed(self, tenant, published):
        profile = a_profile()
        customer_id = create_customer(profile=profile, at=NOON)

        version = update_customer(
            customer_id=customer_id,
            profile=replace(profile, phone="41999990000", iss_withheld=True, tags=("vip",)),
            expected_version=1,
            at=NOON,
        )

        assert version == 2
        assert set(published[-1].fields) == {"phone", "iss_withheld", "tags"}

    def test_the_same_again_is_no_change(self, tenant, published):
        profile = a_profile()
        customer_id = create_customer(profile=profile, at=NOON)

        assert update_customer(customer_id=customer_id, profile=profile, at=NOON) == 1
        assert names(published) == ["customer.created"]

    def test_refuses_who_edited_an_older_version(self, tenant):
        profile = a_profile()
        customer_id = create_customer(profile=profile, at=NOON)
        update_customer(customer_id=customer_id, profile=replace(profile, phone="1"), at=NOON)

        with pytest.raises(StaleCustomer):
            update_customer(
                customer_id=customer_id,
                profile=replace(profile, phone="2"),
                expected_version=1,
                at=NOON,
            )

    def test_leaves_nothing_personal_in_the_trail(self, tenant):
        profile = a_profile(name="Antonieta", phone="41988887777")
        customer_id = create_customer(profile=profile, at=NOON)
        renamed = replace(profile, name="Bernardina", email="b@secreto.example")
        update_customer(customer_id=customer_id, profile=renamed, at=NOON)

        told = str(list(Entry.objects.values("before", "after")))
        for secret in ("Antonieta", "Bernardina", "41988887777", "secreto", profile.document):
            assert secret not in told
        assert "name" in told

    def test_of_another_tenant_is_not_there(self, tenant, other_tenant):
        with other_tenant:
            theirs = create()

        with pytest.raises(NoSuchCustomer):
            update_customer(customer_id=theirs, profile=a_profile(), at=NOON)


class TestStatus:
    def test_blocks_and_serves_again(self, tenant, published):
        customer_id = create()

        assert status.block_customer(customer_id=customer_id, at=NOON)
        assert not status.block_customer(customer_id=customer_id, at=NOON)
        assert status.unblock_customer(customer_id=customer_id, at=NOON)
        assert names(published)[1:] == ["customer.blocked", "customer.unblocked"]

    def test_does_not_close_who_still_has_something(self, tenant, monkeypatch):
        customer_id = create()
        monkeypatch.setitem(live_things, "hosting", lambda asked: int(asked == customer_id))

        with pytest.raises(CustomerHasServices):
            status.close_customer(customer_id=customer_id, at=NOON)

    def test_a_closed_one_is_only_reopened(self, tenant, published):
        customer_id = create()
        status.close_customer(customer_id=customer_id, at=NOON)

        with pytest.raises(CustomerClosed):
            status.block_customer(customer_id=customer_id, at=NOON)
        assert not status.unblock_customer(customer_id=customer_id, at=NOON)
        assert status.reopen_customer(customer_id=customer_id, at=NOON)
        assert names(published)[1:] == ["customer.closed", "customer.reopened"]


class TestDetails:
    def test_a_new_billing_address_replaces_the_last(self, tenant):
        customer_id = create()

        for number in ("1", "2"):
            form = replace(HOME, number=number)
            details.add_address(customer_id=customer_id, form=form, at=NOON)
        details.add_address(
            customer_id=customer_id, form=replace(HOME, kind=AddressKind.OTHER), at=NOON
        )

        assert [(a.kind, a.number) for a in addresses_of(customer_id)] == [
            ("billing", "2"),
            ("other", "1"),
        ]

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [({"postal_code": "123"}, "postal_code"), ({"state": "XX"}, "state")],
    )
    def test_refuses_a_place_that_is_none(self, tenant, wrong, field):
        with pytest.raises(BadCustomer) as refused:
            details.add_address(customer_id=create(), form=replace(HOME, **wrong), at=NOON)

        assert refused.value.field == field

    def test_a_note_keeps_its_author_and_is_never_rewritten(self, tenant):
        customer_id = create()
        details.add_note(customer_id=customer_id, body=" Ligou. ", at=NOON)

        (note,) = notes_of(customer_id)
        assert (note.author, note.body) == ("system", "Ligou.")
        with connection.cursor() as cursor:
            cursor.execute(
                "select has_table_privilege('alicerce_app', 'customers_note', 'update')"
            )
            assert cursor.fetchone() == (False,)

    def test_a_tier_has_one_name(self, tenant):
        details.add_tier(name="Ouro", at=NOON)

        with pytest.raises(TierTaken):
            details.add_tier(name=" Ouro ", at=NOON)


class TestCustomers:
    @pytest.fixture
    def joao(self, tenant):
        return create(
            name="João da Conceição",
            email="joao@padaria.com.br",
            document="52998224725",
            tags=("vip",),
        )

    @pytest.mark.parametrize(
        "text",
        ["joao", "CONCEI", "padaria.com", "joao@padaria.com.br", "529.982.247-25", "da joao"],
    )
    def test_are_found_by(self, joao, text):
        create(name="Outra Pessoa")

        assert [row.id for row in customers(Wanted(text=text)).customers] == [joao]

    def test_are_found_by_the_domain_of_what_they_have(self, joao):
        make_findable(customer_id=joao, texts=["floricultura.com.br"], origin="service:1")

        assert customers(Wanted(text="floricult")).customers
        make_findable(customer_id=joao, texts=["outra.com.br"], origin="service:1")
        assert not customers(Wanted(text="floricult")).customers
        assert customers(Wanted(text="joao")).customers

    def test_are_not_found_by_the_middle_of_a_word(self, joao):
        assert not customers(Wanted(text="onceicao")).customers

    def test_are_narrowed(self, joao):
        other = create()
        status.block_customer(customer_id=other, at=NOON)

        assert [r.id for r in customers(Wanted(status="blocked")).customers] == [other]
        assert [r.id for r in customers(Wanted(tag="vip")).customers] == [joao]
        assert not customers(Wanted(since=datetime(2100, 1, 1, tzinfo=UTC))).customers

    def test_come_in_pages_newest_first(self, tenant):
        made = [a_customer().id for _ in range(5)]

        first = customers(Wanted(), limit=3)
        rest = customers(Wanted(), limit=3, before=first.next_before)

        assert [r.id for r in (*first.customers, *rest.customers)] == made[::-1]
        assert rest.next_before is None

    def test_are_looked_up_in_the_index_and_not_one_by_one(self, tenant):
        with connection.cursor() as cursor:
            cursor.execute("set local enable_seqscan = off")
            cursor.execute(
                "explain select customer_id from customers_word"
                " where word >= 'joao' and word < 'joap'"
            )
            plan = " ".join(row[0] for row in cursor.fetchall())

        condition = plan.partition("Index Cond:")[2]
        assert "tenant_id" in condition
        assert "word" in condition
