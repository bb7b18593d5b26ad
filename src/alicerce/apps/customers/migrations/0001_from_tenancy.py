"""Customers come over from tenancy with every row they have: the tables are renamed, nothing is copied."""

import alicerce.kernel.db
import alicerce.kernel.ids
import alicerce.kernel.isolation
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Constraints and indexes carry the name of their table, some with a hash of Django's in the middle.
MOVE = """
alter table {before}_customer rename to {after}_customer;
alter table {before}_customeruser rename to {after}_customeruser;
do $$ declare it record; begin
    for it in
        select conrelid::regclass as home, conname as name from pg_constraint
        where conrelid in ('{after}_customer'::regclass, '{after}_customeruser'::regclass)
        and starts_with(conname, '{before}_customer')
    loop
        execute format('alter table %s rename constraint %I to %I',
            it.home, it.name, '{after}' || substr(it.name, length('{before}') + 1));
    end loop;
    for it in
        select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
        where i.indrelid in ('{after}_customer'::regclass, '{after}_customeruser'::regclass)
        and starts_with(c.relname, '{before}_customer')
    loop
        execute format('alter index %I rename to %I',
            it.name, '{after}' || substr(it.name, length('{before}') + 1));
    end loop;
end $$;
"""

TENANT = models.ForeignKey(
    db_default=alicerce.kernel.db.CurrentTenant(),
    db_index=False,
    editable=False,
    on_delete=django.db.models.deletion.PROTECT,
    related_name="+",
    to="tenancy.tenant",
)
ID = models.UUIDField(
    default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
)

CUSTOMER = migrations.CreateModel(
    name="Customer",
    fields=[
        ("id", ID),
        ("created_at", models.DateTimeField(auto_now_add=True)),
        ("name", models.CharField(max_length=120)),
        ("email", models.EmailField(max_length=254)),
        ("document", models.CharField(max_length=14)),
        (
            "document_kind",
            models.CharField(choices=[("cpf", "CPF"), ("cnpj", "CNPJ")], max_length=4),
        ),
        ("locale", models.CharField(default="pt-br", max_length=8)),
        ("tenant", TENANT),
    ],
    options={
        "abstract": False,
        "indexes": [models.Index(fields=["tenant", "-id"], name="customers_newest_first")],
        "constraints": [
            alicerce.kernel.isolation.TenantKey(name="customers_customer_key"),
            alicerce.kernel.isolation.TenantWall(
                name="customers_customer_wall", operator_reads=True
            ),
            models.UniqueConstraint(
                fields=("tenant", "email", "document"), name="customer_once_per_tenant"
            ),
        ],
    },
)
CUSTOMER_USER = migrations.CreateModel(
    name="CustomerUser",
    fields=[
        ("id", ID),
        ("created_at", models.DateTimeField(auto_now_add=True)),
        (
            "role",
            models.CharField(
                choices=[
                    ("owner", "owner"),
                    ("billing", "billing"),
                    ("technical", "technical"),
                ],
                max_length=10,
            ),
        ),
        (
            "customer",
            alicerce.kernel.db.TenantForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="customers.customer",
            ),
        ),
        (
            "user",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        ("tenant", TENANT),
    ],
    options={
        "abstract": False,
        "indexes": [models.Index(fields=["tenant", "user"], name="customers_of_user")],
        "constraints": [
            alicerce.kernel.isolation.TenantKey(name="customers_customeruser_key"),
            alicerce.kernel.isolation.TenantWall(name="customers_customeruser_wall"),
            models.UniqueConstraint(
                fields=("tenant", "customer", "user"), name="customer_user_once"
            ),
            alicerce.kernel.isolation.TenantReference(
                field="customer",
                name="customers_customeruser_customer_ref",
                to="customers.customer",
            ),
        ],
    },
)


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        # Whoever refers to a customer was made while they were tenancy's.
        ("tenancy", "0002_lookups"),
        ("orders", "0001_initial"),
        ("billing", "0002_rules"),
        ("hosting", "0001_initial"),
        ("support", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    MOVE.format(before="tenancy", after="customers"),
                    MOVE.format(before="customers", after="tenancy"),
                )
            ],
            state_operations=[CUSTOMER, CUSTOMER_USER],
        )
    ]
