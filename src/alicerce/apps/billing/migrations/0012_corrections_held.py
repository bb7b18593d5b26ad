"""What the database itself refuses: credit below zero, more back than came, invoices that leave their ways."""

from django.db import migrations, models

FREEZE = """
create or replace function refuse_invoice_change() returns trigger language plpgsql as $$
declare
    moving text[] := array[
        'status', 'paid_at', 'voided_at', 'written_off_at',
        'paid_cents', 'relieved_cents', 'returned_cents', 'refunding_cents'
    ];
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
    if to_jsonb(new) - moving is distinct from to_jsonb(old) - moving
        or (new.status <> old.status and (old.status, new.status) not in (
            ('open', 'paid'), ('open', 'void'), ('open', 'uncollectible'),
            ('uncollectible', 'paid'), ('uncollectible', 'void')
        ))
        or (old.status in ('paid', 'void')
            and (new.paid_at, new.voided_at, new.written_off_at, new.paid_cents, new.relieved_cents)
            is distinct from
            (old.paid_at, old.voided_at, old.written_off_at, old.paid_cents, old.relieved_cents))
        or new.paid_cents < old.paid_cents
        or new.relieved_cents < old.relieved_cents
        or new.returned_cents < old.returned_cents
    then
        raise exception 'an issued invoice does not change'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
"""

# Drawn from the ledger in the same commit: no program can move credit and forget the balance.
DRAW_WALLETS = """
create function move_wallet() returns trigger language plpgsql as $$
begin
    update billing_wallet w set balance_cents = w.balance_cents - new.amount_cents
        where w.tenant_id = new.tenant_id and w.customer_id = new.customer_id
            and w.currency = new.currency;
    if not found then
        insert into billing_wallet as w
            (id, tenant_id, created_at, customer_id, currency, balance_cents)
            values (gen_random_uuid(), new.tenant_id, now(), new.customer_id, new.currency,
                -new.amount_cents)
            on conflict (tenant_id, customer_id, currency)
            do update set balance_cents = w.balance_cents - new.amount_cents;
    end if;
    return null;
end $$;
revoke all on function move_wallet() from public;
create trigger wallet_moves after insert on billing_ledgerentry
    for each row when (new.account = 'wallet') execute function move_wallet();
"""
LEAVE_WALLETS = """
drop trigger wallet_moves on billing_ledgerentry;
drop function move_wallet();
"""

# Whoever counts next waits for whoever counts now, and then sees what that one wrote.
HOLD_REFUNDS = """
create function refuse_refund_beyond_payment() returns trigger language plpgsql as $$
declare
    received bigint;
    going bigint;
begin
    perform pg_advisory_xact_lock(hashtextextended('refund|' || new.payment_id, 0));
    select p.amount_cents into received from billing_payment p
        where p.tenant_id = new.tenant_id and p.id = new.payment_id
            and p.currency = new.currency;
    select coalesce(sum(r.amount_cents), 0) into going from billing_refund r
        where r.tenant_id = new.tenant_id and r.payment_id = new.payment_id
            and r.status <> 'failed';
    if received is null or going > received then
        raise exception 'no more goes back than came'
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
revoke all on function refuse_refund_beyond_payment() from public;
create trigger refund_within_payment
    after insert or update of status, amount_cents, payment_id, currency on billing_refund
    for each row when (new.status <> 'failed') execute function refuse_refund_beyond_payment();
"""
FREE_REFUNDS = """
drop trigger refund_within_payment on billing_refund;
drop function refuse_refund_beyond_payment();
"""

FREEZE_NOTES = """
create function refuse_credit_note_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.reason = ''
        and to_jsonb(new) - 'reason' = to_jsonb(old) - 'reason'
    then
        return new;
    end if;
    raise exception 'a credit note does not change'
        using errcode = 'integrity_constraint_violation';
end $$;
revoke all on function refuse_credit_note_change() from public;
create trigger credit_note_does_not_change before update or delete on billing_creditnote
    for each row execute function refuse_credit_note_change();
"""
THAW_NOTES = """
drop trigger credit_note_does_not_change on billing_creditnote;
drop function refuse_credit_note_change();
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0011_fill_balances")]
    operations = [
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=~models.Q(status="paid")
                | models.Q(
                    total_cents=models.F("paid_cents") + models.F("relieved_cents")
                ),
                name="invoice_paid_when_settled",
            ),
        ),
        migrations.RunSQL(FREEZE, migrations.RunSQL.noop),
        migrations.RunSQL(DRAW_WALLETS, LEAVE_WALLETS),
        migrations.RunSQL(HOLD_REFUNDS, FREE_REFUNDS),
        migrations.RunSQL(FREEZE_NOTES, THAW_NOTES),
    ]
