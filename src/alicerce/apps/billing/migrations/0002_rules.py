"""What the database itself refuses: changed invoices, unbalanced books; and whose a hook is."""

from django.db import migrations

FREEZE_INVOICES = """
create function refuse_invoice_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.status <> 'draft' then
            raise exception 'an issued invoice is never deleted'
                using errcode = 'integrity_constraint_violation';
        end if;
        return old;
    end if;
    if old.status = 'draft' then
        if new.status <> 'draft' and new.total_cents <> (
            select coalesce(sum(l.total_cents), 0) from billing_invoiceline l
            where l.tenant_id = new.tenant_id and l.invoice_id = new.id
        ) then
            raise exception 'the total of an invoice is the sum of its lines'
                using errcode = 'integrity_constraint_violation';
        end if;
        return new;
    end if;
    if (new.tenant_id, new.id, new.customer_id, new.order_id, new.series, new.number,
        new.currency, new.total_cents, new.due_on, new.opened_at, new.token)
        is distinct from
       (old.tenant_id, old.id, old.customer_id, old.order_id, old.series, old.number,
        old.currency, old.total_cents, old.due_on, old.opened_at, old.token)
        or (old.status <> 'open' and new is distinct from old)
        or new.status = 'draft'
    then
        raise exception 'an issued invoice does not change'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
revoke all on function refuse_invoice_change() from public;
create trigger invoice_does_not_change before update or delete on billing_invoice
    for each row execute function refuse_invoice_change();

create function refuse_line_change() returns trigger language plpgsql as $$
declare
    line record := case when tg_op = 'DELETE' then old else new end;
    state text;
begin
    select i.status into state from billing_invoice i
    where i.tenant_id = line.tenant_id and i.id = line.invoice_id;
    if tg_op = 'UPDATE' or state is distinct from 'draft' then
        raise exception 'the lines of an issued invoice do not change'
            using errcode = 'integrity_constraint_violation';
    end if;
    return line;
end $$;
revoke all on function refuse_line_change() from public;
create trigger invoice_lines_do_not_change before insert or update or delete
    on billing_invoiceline for each row execute function refuse_line_change();
"""
THAW_INVOICES = """
drop trigger invoice_lines_do_not_change on billing_invoiceline;
drop function refuse_line_change();
drop trigger invoice_does_not_change on billing_invoice;
drop function refuse_invoice_change();
"""

# The check runs at commit, when the setting that shows the tenant's rows may be gone: it reads as
# a role that sees every entry, and tells nothing but yes or no.
BALANCE_BOOKS = """
create policy books on billing_ledgertransaction for select to alicerce_auth using (true);
create policy books on billing_ledgerentry for select to alicerce_auth using (true);
grant select on billing_ledgertransaction, billing_ledgerentry to alicerce_auth;

create function refuse_imbalance() returns trigger
    language plpgsql security definer set search_path = '' as $$
declare
    tenant uuid := new.tenant_id;
    movement uuid := case tg_table_name
        when 'billing_ledgerentry' then to_jsonb(new) ->> 'transaction_id'
        else to_jsonb(new) ->> 'id'
    end;
    sides bigint;
    uneven bigint;
begin
    select count(*), count(*) filter (where per_currency.cents <> 0) into sides, uneven
    from (
        select sum(e.amount_cents) as cents from public.billing_ledgerentry e
        where e.tenant_id = tenant and e.transaction_id = movement
        group by e.currency
    ) per_currency;
    if sides = 0 or uneven > 0 then
        raise exception 'movement % does not balance', movement
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
create constraint trigger movement_balances after insert on billing_ledgertransaction
    deferrable initially deferred for each row execute function refuse_imbalance();
create constraint trigger movement_balances after insert on billing_ledgerentry
    deferrable initially deferred for each row execute function refuse_imbalance();
alter table billing_ledgertransaction enable always trigger movement_balances;
alter table billing_ledgerentry enable always trigger movement_balances;
"""
UNBALANCE_BOOKS = """
drop trigger movement_balances on billing_ledgerentry;
drop trigger movement_balances on billing_ledgertransaction;
set local role alicerce_auth;
drop function refuse_imbalance();
reset role;
revoke all on billing_ledgertransaction, billing_ledgerentry from alicerce_auth;
drop policy books on billing_ledgerentry;
drop policy books on billing_ledgertransaction;
"""

FIND_HOOKS = """
create policy hooks on billing_gatewayaccount for select to alicerce_auth using (true);
grant select (id, tenant_id, kind, enabled, hook_hash) on billing_gatewayaccount to alicerce_auth;
create index gateway_accounts_by_hook on billing_gatewayaccount (hook_hash);
create function gateway_account_of(hash text)
    returns table (tenant_id uuid, account_id uuid, kind text)
    language sql stable security definer set search_path = '' as $$
    select a.tenant_id, a.id, a.kind from public.billing_gatewayaccount a
    where a.hook_hash = hash and a.enabled
$$;
"""
FORGET_HOOKS = """
set local role alicerce_auth;
drop function gateway_account_of(text);
reset role;
drop index gateway_accounts_by_hook;
revoke select (id, tenant_id, kind, enabled, hook_hash)
    on billing_gatewayaccount from alicerce_auth;
drop policy hooks on billing_gatewayaccount;
"""

# Rights first: once a function is given away, its maker's words about it are ignored in silence.
HAND_OVER = """
revoke all on function refuse_imbalance() from public;
revoke all on function gateway_account_of(text) from public;
grant execute on function gateway_account_of(text) to alicerce_app;
grant create on schema public to alicerce_auth;
alter function refuse_imbalance() owner to alicerce_auth;
alter function gateway_account_of(text) owner to alicerce_auth;
revoke create on schema public from alicerce_auth;
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]
    operations = [
        migrations.RunSQL(FREEZE_INVOICES, THAW_INVOICES),
        migrations.RunSQL(BALANCE_BOOKS, UNBALANCE_BOOKS),
        migrations.RunSQL(FIND_HOOKS, FORGET_HOOKS),
        migrations.RunSQL(HAND_OVER, migrations.RunSQL.noop),
    ]
