"""Whoever owns the database can change the audit trail, but not without being found and named."""

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from random import Random

import pytest
from django.apps import apps
from django.db import connection, transaction

from alicerce.apps.audit import public as audit
from alicerce.apps.audit import queries
from alicerce.apps.audit.models import Entry, Seal, SealedEntry
from alicerce.apps.audit.rules.verifying import verify
from alicerce.apps.audit.services.seal_entries import seal_entries
from alicerce.apps.audit.types import Personal
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction as use_case
from alicerce.kernel.ids import uuid7
from tests.architecture.isolation.scratch import copy_of_template, django_on, superuser_url

CHANGEOVER = import_module("alicerce.apps.audit.migrations.0003_changeover")
SEED = 20_261_125
EACH = 25
SLUGS = ("padaria", "oficina")
OTHERS = {
    "action": "'forged'",
    "actor": "'user:' || gen_random_uuid()",
    "at": "at + interval '1 microsecond'",
    "entity": "entity || 'x'",
    "entity_id": "gen_random_uuid()",
    "before": """'{"status": "open"}'""",
    "after": """coalesce(after, '{}') || '{"total_cents": 1}'""",
    "address": "'\"192.0.2.99\"'",
    "format": "3 - format",
    "mac": "reverse(mac)",
    "trace_id": "gen_random_uuid()",
}
EDIT_ENTRY = "update audit_entry set {column} = {value} where id = %s"
EDIT_SEAL = "update audit_seal set {column} = {value} where tenant_id = %s and number = %s"
COPY_ENTRY = """
    insert into audit_entry (id, tenant_id, created_at, mac, {columns})
    select %s, %s, created_at, {mac}, {values} from audit_entry where id = %s
"""
COPIED = "at, actor, action, entity, entity_id, before, after, address, trace_id, format"


@dataclass(frozen=True)
class Town:
    """Two trails, each with three seals and two entries that wait for theirs, and their heads."""

    tenants: tuple
    sealed: dict
    waiting: dict
    heads: dict


@pytest.fixture(scope="module")
def town(worker_id, django_db_blocker):
    with copy_of_template(f"forged_{worker_id}") as database, django_db_blocker.unblock():
        with django_on(database):
            tenants = tuple(_company(slug) for slug in SLUGS)
        with django_on(database, url=superuser_url(database)):
            yield _look(tenants)


def _company(slug):
    tenant_id = tenancy.open_tenant(
        at=now(),
        slug=slug,
        name=slug,
        legal_name=slug,
        document="1",
        city="",
        alert_email="a@b.c",
    )
    with acting(tenant_id=tenant_id, actor=f"user:{uuid7()}", ip="203.0.113.7"):
        for number in range(1, 9):
            with use_case():
                _write_down(number)
            if number in {2, 4, 6}:
                seal_entries(at=now())
    return tenant_id


def _write_down(number):
    domain = Personal(f"d{number}.com.br", of="customer:1")
    audit.record(
        action="order.placed",
        entity="order",
        entity_id=uuid7(),
        before={"number": number},
        after={"number": number + 1, "domain": domain},
        at=now(),
    )


def _look(tenants):
    sealed, waiting, heads = {}, defaultdict(list), defaultdict(list)
    for tenant_id in tenants:
        rows = SealedEntry.objects.filter(tenant_id=tenant_id).order_by("entry_id")
        sealed[tenant_id] = [row.entry_id for row in rows]
        own = Entry.objects.filter(tenant_id=tenant_id).exclude(id__in=sealed[tenant_id])
        waiting[tenant_id] = [entry.id for entry in own.order_by("id")]
        made = Seal.objects.filter(tenant_id=tenant_id).order_by("number")
        heads[str(tenant_id)] = [seal.head for seal in made]
    return Town(tenants, sealed, waiting, heads)


@contextmanager
def as_who_owns_the_database():
    """What is done here is undone again: triggers are switched off as easily as rows are changed."""
    with transaction.atomic():
        for table in ("audit_entry", "audit_seal", "audit_sealedentry"):
            _run(f"alter table {table} disable trigger user")
        yield
        transaction.set_rollback(True)


def _run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def verdicts(town):
    return {
        trail.tenant_id: verify(
            trail, at=now(), kept=town.heads[trail.tenant_id], keys=queries.keys()
        )
        for trail in queries.trails()
    }


def places(town):
    return {verdict.where for verdict in verdicts(town).values() if not verdict.intact}


# Each mutation changes something at random and says where it must be found.


def edit_an_entry(town, dice):
    tenant = dice.choice(town.tenants)
    entry, column = (
        dice.choice(town.sealed[tenant] + town.waiting[tenant]),
        dice.choice(list(OTHERS)),
    )
    _run(EDIT_ENTRY.format(column=column, value=OTHERS[column]), entry)
    return {f"entry {entry}"}


def delete_a_sealed_entry(town, dice):
    entry = dice.choice(town.sealed[dice.choice(town.tenants)])
    _run("delete from audit_entry where id = %s", entry)
    return {f"entry {entry}"}


def insert_an_entry_of_now(town, dice):
    """A copy of a real one, with its code, without, or as entries once were; sealed or not."""
    tenant, forged = dice.choice(town.tenants), uuid7()
    mac, style = dice.choice(["mac", "''", "reverse(mac)"]), dice.choice(["format", "1"])
    _copy(dice.choice(town.sealed[tenant]), forged, tenant, mac=mac, style=style)
    if dice.random() < 0.5:
        _seal_as_the_program_does(tenant)
    return {f"entry {forged}"}


def _seal_as_the_program_does(tenant):
    _run("set local role alicerce_app")
    with acting(tenant_id=tenant):
        seal_entries(at=now())
    _run("reset role")


def insert_an_entry_of_yesterday(town, dice):
    tenant = dice.choice(town.tenants)
    forged = type(uuid7())(int=uuid7().int - (86_400_000 << 80))
    _copy(dice.choice(town.sealed[tenant]), forged, tenant, mac="mac", style="format")
    return {f"entry {forged}"}


def _copy(original, forged, tenant, *, mac, style):
    columns = COPIED.replace("format", style)
    _run(
        COPY_ENTRY.format(columns=COPIED, values=columns, mac=mac),
        forged,
        tenant,
        original,
    )


def exchange_what_two_entries_say(town, dice):
    tenant = dice.choice(town.tenants)
    one, other = dice.sample(town.sealed[tenant] + town.waiting[tenant], 2)
    _exchange(one, other)
    return {f"entry {one}", f"entry {other}"}


def exchange_between_tenants(town, dice):
    """Everything but the ids, codes included."""
    one, other = (dice.choice(town.sealed[t] + town.waiting[t]) for t in town.tenants)
    _exchange(one, other)
    return {f"entry {one}", f"entry {other}"}


def _exchange(one, other):
    both = (*Entry.objects.filter(id=one), *Entry.objects.filter(id=other))
    for row, source in zip(both, reversed(both), strict=True):
        columns = [*COPIED.split(", "), "mac"]
        Entry.objects.filter(pk=row.pk).update(**{c: getattr(source, c) for c in columns})


def hand_an_entry_to_the_neighbour(town, dice):
    ours, theirs = dice.sample(town.tenants, 2)
    entry = dice.choice(town.sealed[ours] + town.waiting[ours])
    _run("update audit_entry set tenant_id = %s where id = %s", theirs, entry)
    return {f"entry {entry}"}


def reorder_a_seal(town, dice):
    tenant, number = dice.choice(town.tenants), dice.choice([1, 2, 3])
    _run(
        "update audit_sealedentry set position = 9 - position where tenant_id = %s and seal_id ="
        " (select id from audit_seal where tenant_id = %s and number = %s)",
        tenant,
        tenant,
        number,
    )
    return {f"seal {number}"}


def edit_a_seal(town, dice):
    tenant, number = dice.choice(town.tenants), dice.choice([1, 2, 3])
    column = dice.choice(["previous", "root", "head", "mac", "sealed_at"])
    shifted = f"translate({column}, '0123456789abcdef', '123456789abcdef0')"
    value = "sealed_at + interval '1 s'" if column == "sealed_at" else shifted
    _run(
        EDIT_SEAL.format(column=column, value=value),
        tenant,
        number,
    )
    return {f"seal {number}"}


def delete_a_seal(town, dice):
    tenant, number = dice.choice(town.tenants), dice.choice([1, 2, 3])
    made = Seal.objects.get(tenant_id=tenant, number=number)
    _run("delete from audit_sealedentry where seal_id = %s", made.id)
    _run("delete from audit_seal where id = %s", made.id)
    return {f"seal {number}", f"head {made.head}"}


def forge_an_entry_and_all_that_covers_it(town, dice):
    """Edit, and have every seal made again by the program itself, which knows nothing of it."""
    tenant = dice.choice(town.tenants)
    entry = dice.choice(town.sealed[tenant])
    _run("update audit_entry set action = 'forged' where id = %s", entry)
    _run("delete from audit_sealedentry where tenant_id = %s", tenant)
    _run("delete from audit_seal where tenant_id = %s", tenant)
    _seal_as_the_program_does(tenant)
    if dice.random() < 0.5:
        _run("update audit_seal set mac = '' where tenant_id = %s", tenant)
    return {"seal 1", f"entry {entry}"}


MUTATIONS = [
    edit_an_entry,
    delete_a_sealed_entry,
    insert_an_entry_of_now,
    insert_an_entry_of_yesterday,
    exchange_what_two_entries_say,
    exchange_between_tenants,
    hand_an_entry_to_the_neighbour,
    reorder_a_seal,
    edit_a_seal,
    delete_a_seal,
    forge_an_entry_and_all_that_covers_it,
]


def test_nothing_is_wrong_before(town):
    assert all(verdict.intact for verdict in verdicts(town).values())
    assert all(len(town.sealed[t]) == 8 and len(town.waiting[t]) == 2 for t in town.tenants)


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__)
def test_every_change_is_found_and_named(town, mutate):
    dice = Random(f"{SEED} {mutate.__name__}")  # noqa: S311
    for _ in range(EACH):
        with as_who_owns_the_database():
            expected = mutate(town, dice)
            found = places(town)
        assert found & expected, f"{mutate.__name__}: {expected} not in {found}"


def test_the_migration_vouches_for_every_trail_as_the_owner_who_sees_none(town):
    with as_who_owns_the_database():
        _run("delete from audit_sealedentry; delete from audit_seal")
        _run("update audit_entry set format = 1, mac = ''")
        _run("set constraints all immediate")
        assert len(places(town)) == len(SLUGS)
        for table in ("audit_entry", "audit_seal", "audit_sealedentry"):
            _run(f"alter table {table} enable always trigger {table}_append_only")

        _run("set constraints all deferred")
        _run("set local role alicerce_owner")
        assert not Entry.objects.exists()
        with connection.schema_editor() as editor:
            CHANGEOVER.vouch(apps, editor)
        assert not Entry.objects.exists()
        _run("reset role")

        found = [verify(t, at=now(), keys=queries.keys()) for t in queries.trails()]
        assert [(v.intact, v.sealed) for v in found] == [(True, 10), (True, 10)]


def test_nothing_is_wrong_afterwards(town):
    assert all(verdict.intact for verdict in verdicts(town).values())
