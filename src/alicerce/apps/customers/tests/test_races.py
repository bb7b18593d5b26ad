"""At once, in committed transactions: orders of one customer, and the end of the relation, take turns."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from time import monotonic

import pytest
from django.db import connection

from alicerce.apps.customers import public as customers
from alicerce.apps.customers.models import Customer, Invitation
from alicerce.apps.customers.ports import posts
from alicerce.apps.customers.queries.exchange import customer_import
from alicerce.apps.customers.services import import_customers as importing
from alicerce.apps.customers.services.change_status import close_customer
from alicerce.apps.customers.tests.factories import a_cpf, a_customer, a_person
from alicerce.apps.customers.types import NewCustomer
from alicerce.apps.tenancy.tests.factories import a_tenant
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from tests.architecture.isolation.scratch import copy_of_template, django_on

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
WAITERS = """
    select count(*) from pg_locks
    where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))
"""


@pytest.fixture(scope="module")
def database(worker_id, django_db_blocker):
    with (
        copy_of_template(f"customers_{worker_id}") as name,
        django_db_blocker.unblock(),
        django_on(name),
    ):
        yield


@pytest.fixture
def written(database, request, monkeypatch):
    """A customer whom the company wrote down: known by mail, and nobody acts for them yet."""
    monkeypatch.setitem(posts, "mail", lambda **_letter: None)
    tenant = a_tenant(request.node.name.replace("_", "-")[-40:])
    with acting(tenant_id=tenant.id), transaction():
        person = a_person(f"{tenant.id.hex[-6:]}@example.com")
        person.last_login = NOON
        person.save()
        return tenant, a_customer(email=person.email)


def order(customer):
    new = NewCustomer("Renata", customer.email, customer.document, "cpf")
    return customers.recognize_customer(new=new, user_id=None, at=NOON)


def elsewhere(tenant, act):
    """In a committed transaction of its own."""
    try:
        with acting(tenant_id=tenant.id):
            return act()
    finally:
        connection.close()


def wait_for_a_waiter():
    deadline = monotonic() + 10
    with connection.cursor() as cursor:
        while monotonic() < deadline:
            cursor.execute(WAITERS)
            if cursor.fetchone()[0]:
                return
            threading.Event().wait(0.02)
    raise AssertionError("nobody waits for the customer")


def test_two_first_orders_of_one_customer_both_pass(written):
    tenant, customer = written
    with ThreadPoolExecutor(1) as pool:
        with acting(tenant_id=tenant.id), transaction():
            order(customer)
            second = pool.submit(elsewhere, tenant, lambda: order(customer))
            wait_for_a_waiter()

        assert second.result(timeout=10) == customer.id
    with acting(tenant_id=tenant.id), transaction():
        assert Invitation.objects.filter(accepted_at=None, revoked_at=None).count() == 1


def test_who_ends_the_relation_waits_for_an_order_on_its_way(written):
    tenant, customer = written
    with ThreadPoolExecutor(1) as pool:
        with acting(tenant_id=tenant.id), transaction():
            order(customer)
            close = pool.submit(
                elsewhere, tenant, lambda: close_customer(customer_id=customer.id, at=NOON)
            )
            wait_for_a_waiter()

        assert close.result(timeout=10)


def test_two_files_read_at_once_bring_whom_both_name_once(database):
    tenant, start = a_tenant("dois-arquivos"), threading.Barrier(2)
    twice = a_cpf()
    with acting(tenant_id=tenant.id), transaction():
        owner = a_person(f"{tenant.id.hex[-6:]}@example.com")
    people = [f"Cliente {n};c{n}@x.example;{a_cpf()}" for n in range(30)]
    text = "\n".join(
        ["Nome;Email;CPF", *people, f"A;a@x.example;{twice}", f"B;b@x.example;{twice}"]
    )

    def bring():
        import_id = importing.upload_import(
            raw=text.encode(), filename="clientes.csv", user_id=owner.id, at=NOON
        )
        columns = {"name": 0, "email": 1, "document": 2}
        importing.start_import(import_id=import_id, columns=columns, at=NOON)
        start.wait(timeout=10)
        importing.take_import_step(import_id=import_id, position=0, at=NOON)
        with transaction():
            return customer_import(import_id)

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _turn: elsewhere(tenant, bring), range(2)))

    assert sum(one.created for one in done) == len(people) + 1
    assert [one.wrong for one in done] == [1, 1]
    with acting(tenant_id=tenant.id), transaction():
        assert Customer.objects.count() == len(people) + 1
