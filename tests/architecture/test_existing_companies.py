"""What companies get that were open before products and payers were written down."""

from importlib import import_module
from pathlib import Path

import psycopg
from psycopg import sql

from alicerce.apps.tenancy import migrations
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.tests.factories import a_member, a_person, a_tenant
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from tests.architecture.isolation.scratch import copy_of_template, django_on, superuser

FOLDER = Path(migrations.__path__[0])


def fill():
    (step,) = FOLDER.glob("*_memberships_and_products.py")
    return import_module(f"{migrations.__name__}.{step.stem}").FILL


def a_company(slug, role, email):
    tenant = a_tenant(slug)
    with acting(tenant_id=tenant.id), transaction():
        a_member(tenant, a_person(email), role)
    return tenant


def test_sell_hosting_and_are_paid_for_by_their_owner(worker_id, django_db_blocker):
    with (
        copy_of_template(f"existing_{worker_id}") as database,
        django_db_blocker.unblock(),
        django_on(database),
    ):
        a_tenant("raiz", is_root=True)
        ana = a_person("ana@example.com")
        owned = [a_tenant("padaria"), a_tenant("oficina")]
        for tenant in owned:
            with acting(tenant_id=tenant.id), transaction():
                a_member(tenant, ana, "owner")
        ownerless = a_company("sem-dona", "finance", "eva@example.com")
        with superuser(database) as connection:
            connection.execute("delete from tenancy_productsubscription")
            connection.commit()
            _as_owner(connection, fill())

        first, second = (tenancy.payer_of(tenant.id) for tenant in owned)
        assert first == second
        assert (first.owner_id, set(first.pays_for)) == (ana.id, {t.id for t in owned})
        assert tenancy.payer_of(ownerless.id) is None
        with acting(tenant_id=ownerless.id), transaction():
            assert tenancy.enabled_products() == {"hosting"}


def _as_owner(connection: psycopg.Connection, statements: str) -> None:
    """As migrations run: under a role that the walls hold too, unless it sets them aside."""
    connection.execute(sql.SQL("set role alicerce_owner"))
    connection.execute(statements)
    forced = (
        "select bool_and(relforcerowsecurity) from pg_class where relname like 'tenancy_p%'"
    )
    assert connection.execute(forced + " and relkind = 'r'").fetchone() == (True,)
    connection.commit()
