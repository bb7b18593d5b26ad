"""The ledger comes over from billing with every row it has: the tables are renamed, nothing is copied."""

import django.db.models.deletion
from django.db import migrations, models

import alicerce.kernel.db
import alicerce.kernel.ids
import alicerce.kernel.isolation

# Constraints, indexes and triggers carry the name of their table. Policies, grants and the triggers that
# others laid on them (the balance of movements, the drawing of wallets) go with the table as they are.
MOVE = """
alter table {before}_ledgertransaction rename to {after}_ledgertransaction;
alter table {before}_ledgerentry rename to {after}_ledgerentry;
do $$ declare it record; begin
    for it in
        select conrelid::regclass as home, conname as name from pg_constraint
        where conrelid in ('{after}_ledgertransaction'::regclass, '{after}_ledgerentry'::regclass)
        and starts_with(conname, '{before}_ledger')
    loop
        execute format('alter table %s rename constraint %I to %I',
            it.home, it.name, '{after}' || substr(it.name, length('{before}') + 1));
    end loop;
    for it in
        select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
        where i.indrelid in ('{after}_ledgertransaction'::regclass, '{after}_ledgerentry'::regclass)
        and starts_with(c.relname, '{before}_ledger')
    loop
        execute format('alter index %I rename to %I',
            it.name, '{after}' || substr(it.name, length('{before}') + 1));
    end loop;
    for it in
        select tgrelid::regclass as home, tgname as name from pg_trigger
        where tgrelid in ('{after}_ledgertransaction'::regclass, '{after}_ledgerentry'::regclass)
        and not tgisinternal and starts_with(tgname, '{before}_ledger')
    loop
        execute format('alter trigger %I on %s rename to %I',
            it.name, it.home, '{after}' || substr(it.name, length('{before}') + 1));
    end loop;
end $$;
"""

# The one function that names the tables in its text. It is alicerce_auth's: only that role replaces it.
BALANCE = """
grant create on schema public to alicerce_auth;
set local role alicerce_auth;
create or replace function refuse_imbalance() returns trigger
    language plpgsql security definer set search_path = '' as $$
declare
    tenant uuid := new.tenant_id;
    movement uuid := case tg_table_name
        when '{after}_ledgerentry' then to_jsonb(new) ->> 'transaction_id'
        else to_jsonb(new) ->> 'id'
    end;
    sides bigint;
    uneven bigint;
begin
    select count(*), count(*) filter (where per_currency.cents <> 0) into sides, uneven
    from (
        select sum(e.amount_cents) as cents from public.{after}_ledgerentry e
        where e.tenant_id = tenant and e.transaction_id = movement
        group by e.currency
    ) per_currency;
    if sides = 0 or uneven > 0 then
        raise exception 'movement % does not balance', movement
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
reset role;
revoke create on schema public from alicerce_auth;
"""


def moved(statements: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        statements.format(before="billing", after="ledger"),
        statements.format(before="ledger", after="billing"),
    )


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

TRANSACTION = migrations.CreateModel(
    name="LedgerTransaction",
    fields=[
        ("id", ID),
        ("created_at", models.DateTimeField(auto_now_add=True)),
        ("kind", models.CharField(max_length=40)),
        ("correlation_key", models.CharField(max_length=200)),
        ("occurred_at", models.DateTimeField()),
        ("tenant", TENANT),
    ],
    options={
        "abstract": False,
        "constraints": [
            alicerce.kernel.isolation.TenantKey(name="ledger_ledgertransaction_key"),
            alicerce.kernel.isolation.TenantWall(
                name="ledger_ledgertransaction_wall",
                operator_reads=True,
                verbs="select, insert",
            ),
            alicerce.kernel.isolation.AppendOnly(name="ledger_ledgertransaction_append_only"),
            models.UniqueConstraint(
                fields=("tenant", "correlation_key"), name="ledger_correlation_key_once"
            ),
        ],
    },
)
ENTRY = migrations.CreateModel(
    name="LedgerEntry",
    fields=[
        ("id", ID),
        ("created_at", models.DateTimeField(auto_now_add=True)),
        ("account", models.CharField(max_length=40)),
        ("amount_cents", models.BigIntegerField()),
        ("currency", models.CharField(max_length=3)),
        (
            "customer",
            alicerce.kernel.db.TenantForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="customers.customer",
            ),
        ),
        ("tenant", TENANT),
        (
            "transaction",
            alicerce.kernel.db.TenantForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.ledgertransaction",
            ),
        ),
    ],
    options={
        "abstract": False,
        "indexes": [
            models.Index(fields=["tenant", "account", "customer"], name="ledger_balances")
        ],
        "constraints": [
            alicerce.kernel.isolation.TenantKey(name="ledger_ledgerentry_key"),
            alicerce.kernel.isolation.TenantWall(
                name="ledger_ledgerentry_wall", operator_reads=True, verbs="select, insert"
            ),
            alicerce.kernel.isolation.AppendOnly(name="ledger_ledgerentry_append_only"),
            models.CheckConstraint(
                condition=models.Q(("amount_cents", 0), _negated=True),
                name="ledger_entry_moves_something",
            ),
            models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                name="ledger_currency_iso",
            ),
            alicerce.kernel.isolation.TenantReference(
                field="transaction",
                name="ledger_ledgerentry_transaction_ref",
                to="ledger.ledgertransaction",
            ),
            alicerce.kernel.isolation.TenantReference(
                field="customer",
                name="ledger_ledgerentry_customer_ref",
                to="customers.customer",
            ),
        ],
    },
)


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("tenancy", "0013_restrictions"),
        ("customers", "0011_by_email"),
        # Whoever wrote in the ledger, or laid a rule on it, did so while it was billing's.
        ("billing", "0030_connected_accounts"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[moved(MOVE), moved(BALANCE)],
            state_operations=[TRANSACTION, ENTRY],
        )
    ]
