"""What the database itself refuses of claims: invoices that leave their ways, more claimed and back than came."""

from django.db import migrations

FREEZE = """
create or replace function refuse_invoice_change() returns trigger language plpgsql as $$
declare
    moving text[] := array[
        'status', 'paid_at', 'voided_at', 'written_off_at',
        'paid_cents', 'relieved_cents', 'returned_cents', 'refunding_cents',
        'disputed_cents', 'charged_back_cents'
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
            ('uncollectible', 'paid'), ('uncollectible', 'void'),
            ('open', 'disputed'), ('open', 'charged_back'),
            ('uncollectible', 'disputed'), ('uncollectible', 'charged_back'),
            ('paid', 'disputed'), ('disputed', 'paid'), ('disputed', 'charged_back'),
            ('charged_back', 'paid'), ('charged_back', 'disputed')
        ))
        or (old.status in ('paid', 'void', 'disputed', 'charged_back')
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
BEFORE = """
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

HOLD = """
create or replace function refuse_refund_beyond_payment() returns trigger language plpgsql as $$
declare
    received bigint;
    going bigint;
    claimed bigint;
begin
    perform pg_advisory_xact_lock(hashtextextended('refund|' || new.payment_id, 0));
    select p.amount_cents into received from billing_payment p
        where p.tenant_id = new.tenant_id and p.id = new.payment_id
            and p.currency = new.currency;
    select coalesce(sum(r.amount_cents), 0) into going from billing_refund r
        where r.tenant_id = new.tenant_id and r.payment_id = new.payment_id
            and r.status <> 'failed';
    select coalesce(sum(c.frozen_cents), 0) into claimed from billing_contest c
        where c.tenant_id = new.tenant_id and c.payment_id = new.payment_id
            and c.state <> 'released';
    if received is null or going + claimed > received then
        raise exception 'no more goes back than came'
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
create trigger contest_within_payment
    after insert or update of state, frozen_cents, payment_id, currency on billing_contest
    for each row when (new.state <> 'released') execute function refuse_refund_beyond_payment();
"""
FREE = """
drop trigger contest_within_payment on billing_contest;
create or replace function refuse_refund_beyond_payment() returns trigger language plpgsql as $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0015_contests")]
    operations = [
        migrations.RunSQL(FREEZE, BEFORE),
        migrations.RunSQL(HOLD, FREE),
    ]
