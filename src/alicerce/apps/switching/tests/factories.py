"""Books of a host that never was, small enough for a test."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from uuid import uuid4

from alicerce.apps.customers.tests.factories import a_person
from alicerce.apps.switching.models import (
    Dump,
    DumpPart,
    Link,
    OldInvoice,
    OldPayment,
    Shadow,
    ShadowDifference,
    StagedRow,
    Switch,
    WouldBeInvoice,
)
from alicerce.apps.switching.services.upload import start_bringing, upload_dump
from alicerce.kernel.testing import run_jobs
from alicerce.vendors.whmcs.events import busy_month
from alicerce.vendors.whmcs.world import begin, live_until
from alicerce.vendors.whmcs.writing import write_dump

FIRST, LATER = date(2026, 10, 31), date(2026, 11, 30)
NOON = datetime(2026, 10, 31, 12, tzinfo=UTC)


@lru_cache
def two_dumps(tmp, clients=25, lived=100, alter=0):
    """The same company twice, a month apart; with `alter`, an item of the second is so many cents off."""
    first, later = tmp / f"{clients}.sql.gz", tmp / f"{clients}-{alter}-later.sql"
    world = begin(clients, 7, FIRST - timedelta(days=lived))
    live_until(world, FIRST)
    write_dump(world, first)
    before = len(world.invoices)
    busy_month(world)
    live_until(world, LATER)
    if alter:
        untouched = [
            item
            for invoice in world.invoices[before:]
            for item in invoice.items
            if item.type == "Hosting" and item.service.status == "Active"
        ]
        untouched[0].cents += alter
    write_dump(world, later)
    return first, later, world


def read(raw, name="whmcs.sql.gz"):
    """A dump, uploaded and examined."""
    person = a_person(f"{uuid4()}@x.example")
    dump_id = upload_dump(parts=[raw], filename=name, user_id=person.id, at=NOON)
    run_jobs()
    return Dump.objects.get(pk=dump_id)


def bring(raw, servers=None):
    dump = read(raw)
    assert dump.stage == "examined", (dump.stage, dump.fault)
    start_bringing(dump_id=dump.id, servers=servers or {}, at=NOON)
    run_jobs()
    return Dump.objects.get(pk=dump.id)


def a_brought_row(customer, owner=None, words="Hospedagem"):
    """A row in each table: a dump that was brought and compared, and what is known of a customer by it."""
    dump = Dump.objects.create(
        owner=owner or a_person(f"{uuid4()}@x.example"),
        filename=words,
        stage="brought",
        finished_at=NOON,
    )
    body = {"email": customer.email, "firstname": customer.name}
    DumpPart.objects.create(dump=dump, position=0, body=f"{words} {customer.email}".encode())
    StagedRow.objects.create(
        dump=dump, place="tblclients", source_id=1, body=body, digest="", outcome="warned",
        remarks=[["document_missing", customer.email]],
    )  # fmt: skip
    source_id = Link.objects.count() + 1
    Link.objects.create(
        place="tblclients",
        source_id=source_id,
        entity="customer",
        entity_id=customer.id,
        digest="",
        beside={"credit": 0, "currency": "BRL"},
    )
    _history(customer, source_id, words)
    shadow = Shadow.objects.create(
        dump=dump, since=FIRST, until=LATER, begun_at=NOON, finished_at=NOON
    )
    WouldBeInvoice.objects.create(
        shadow=shadow,
        customer=customer,
        due_on=LATER,
        currency="BRL",
        total_cents=1,
        lines=[words],
    )
    ShadowDifference.objects.create(
        shadow=shadow, kind="by_hand", is_explained=True, place="tblinvoices", source_id=1,
        customer=customer, ours_cents=0, theirs_cents=1, currency="BRL", values={"words": words},
    )  # fmt: skip
    Switch.objects.bulk_create([Switch()], ignore_conflicts=True)
    return dump


def _history(customer, source_id, words):
    OldInvoice.objects.create(
        customer=customer, source_id=source_id, number=words[:40], issued_on=FIRST, due_on=FIRST,
        status="paid", currency="BRL", total_cents=1, paid_cents=1, owed_cents=0, lines=[[words, 1]],
    )  # fmt: skip
    OldPayment.objects.create(
        customer=customer, source_id=source_id, gateway="pix", reference=words, paid_at=NOON,
        cents=1, currency="BRL",
    )  # fmt: skip
