"""Rows of a dump, with what belongs to them: as many statements for a thousand as for one."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from alicerce.apps.switching.models import StagedRow
from alicerce.apps.switching.rules.reading.clients import read_client
from alicerce.apps.switching.rules.reading.money import read_invoice
from alicerce.apps.switching.rules.reading.payments import read_payment
from alicerce.apps.switching.rules.reading.plans import read_plan
from alicerce.apps.switching.rules.reading.services import (
    Around,
    read_addon,
    read_domain,
    read_hosting,
)
from alicerce.apps.switching.rules.reading.tickets import read_ticket
from alicerce.apps.switching.rules.reading.values import (
    SMALL,
    Body,
    Reading,
    Reference,
    day,
    reference_of,
    refused,
    text,
)
from alicerce.apps.switching.rules.tables import number
from alicerce.apps.switching.types import Outcome, Place

Read = list[tuple[StagedRow, Reading[Any]]]
ITEM_TYPES: Mapping[Place, tuple[str, ...]] = {
    Place.HOSTING: ("Hosting",),
    Place.HOSTING_ADDONS: ("Addon",),
    Place.DOMAINS: ("Domain", "DomainRegister", "DomainTransfer"),
}
"""What an item is called that asks for a period of one of these."""
CANCELED = "cancelled"


def reference(dump_id: UUID) -> Reference:
    rows = StagedRow.objects.filter(dump_id=dump_id, place__in=SMALL).order_by("source_id")
    return reference_of(row.staged() for row in rows)


def batch(dump_id: UUID, place: Place, *, after: int, most: int) -> list[StagedRow]:
    own = StagedRow.objects.of(dump_id, place).filter(source_id__gt=after)
    return list(own.order_by("source_id")[:most])


def readings(dump_id: UUID, place: Place, rows: Sequence[StagedRow], ref: Reference) -> Read:
    """What each of these rows means."""
    return READERS[place](dump_id, place, rows, ref)


def clients_of(dump_id: UUID, ids: Collection[int]) -> dict[int, Body]:
    """Those that can be brought."""
    own = StagedRow.objects.of(dump_id, Place.CLIENTS).exclude(outcome=Outcome.REFUSED)
    return dict(own.filter(source_id__in=list(ids)).values_list("source_id", "body"))


def grouped(
    dump_id: UUID, place: Place, parents: Collection[int]
) -> dict[int, list[tuple[int, Body]]]:
    own = StagedRow.objects.of(dump_id, place).filter(parent__in=list(parents))
    found: dict[int, list[tuple[int, Body]]] = defaultdict(list)
    for parent, id_, body in own.order_by("source_id").values_list(
        "parent", "source_id", "body"
    ):
        found[parent].append((id_, body))
    return found


def billed_days(
    dump_id: UUID, place: Place, ids: Collection[int]
) -> dict[int, frozenset[date]]:
    """The due dates of each service that an invoice asks for, if it was not canceled."""
    items = StagedRow.objects.of(dump_id, Place.ITEMS).filter(other__in=list(ids))
    rows = [
        (parent, other, day(text(body, "duedate")))
        for parent, other, body in items.values_list("parent", "other", "body")
        if text(body, "type") in ITEM_TYPES[place]
    ]
    canceled = _canceled(dump_id, {parent for parent, _, _ in rows})
    found: dict[int, set[date]] = defaultdict(set)
    for parent, other, due in rows:
        if due and parent not in canceled:
            found[other].add(due)
    return {id_: frozenset(days) for id_, days in found.items()}


def _canceled(dump_id: UUID, ids: Collection[int]) -> set[int]:
    own = StagedRow.objects.of(dump_id, Place.INVOICES).filter(source_id__in=list(ids))
    return {
        id_
        for id_, body in own.values_list("source_id", "body")
        if text(body, "status").lower() == CANCELED
    }


def _plans(dump_id: UUID, place: Place, rows: Sequence[StagedRow], ref: Reference) -> Read:
    prices = grouped(dump_id, Place.PRICING, [row.source_id for row in rows])
    return [
        (
            row,
            read_plan(place, row.body, [body for _, body in prices[row.source_id]], ref),
        )
        for row in rows
    ]


def _clients(dump_id: UUID, place: Place, rows: Sequence[StagedRow], ref: Reference) -> Read:
    ids = [row.source_id for row in rows]
    contacts = grouped(dump_id, Place.CONTACTS, ids)
    fields = _own_fields(dump_id, ids, ref)
    return [
        (
            row,
            read_client(
                row.source_id,
                row.body,
                fields[row.source_id],
                [body for _, body in contacts[row.source_id]],
                ref,
            ),
        )
        for row in rows
    ]


def _own_fields(
    dump_id: UUID, ids: Collection[int], ref: Reference
) -> dict[int, dict[int, str]]:
    own = StagedRow.objects.of(dump_id, Place.FIELD_VALUES).filter(
        parent__in=list(ids), other__in=ref.document_fields
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for parent, other, body in own.values_list("parent", "other", "body"):
        found[parent][other] = text(body, "value")
    return found


def _services(dump_id: UUID, place: Place, rows: Sequence[StagedRow], ref: Reference) -> Read:
    ids = [row.source_id for row in rows]
    owners = owners_of(dump_id, place, rows)
    clients = clients_of(dump_id, set(owners.values()))
    billed = billed_days(dump_id, place, ids)
    asked = grouped(dump_id, Place.CANCELLATIONS, ids) if place == Place.HOSTING else {}
    read: Callable[..., Reading[Any]] = {
        Place.HOSTING: read_hosting,
        Place.HOSTING_ADDONS: read_addon,
        Place.DOMAINS: read_domain,
    }[place]
    found: Read = []
    for row in rows:
        client = clients.get(owners[row.source_id])
        if client is None:
            found.append((row, refused("client_refused", str(owners[row.source_id]))))
            continue
        currency = ref.currencies.get(number(client.get("currency")), ref.default_currency)
        requests = asked.get(row.source_id, [])
        around = Around(
            billed.get(row.source_id, frozenset()),
            text(requests[-1][1], "type").lower() if requests else "",
        )
        body = {**row.body, "userid": str(owners[row.source_id])}
        found.append((row, read(body, around, currency, ref)))
    return found


def owners_of(dump_id: UUID, place: Place, rows: Sequence[StagedRow]) -> dict[int, int]:
    """Whose each is; an add-on may only say of what it is one."""
    if place != Place.HOSTING_ADDONS:
        return {row.source_id: row.parent for row in rows}
    hosting = StagedRow.objects.of(dump_id, Place.HOSTING)
    named = dict(
        hosting.filter(source_id__in=[row.parent for row in rows]).values_list(
            "source_id", "parent"
        )
    )
    return {row.source_id: row.other or named.get(row.parent, 0) for row in rows}


def _invoices(dump_id: UUID, place: Place, rows: Sequence[StagedRow], ref: Reference) -> Read:
    ids = [row.source_id for row in rows]
    clients = clients_of(dump_id, {row.parent for row in rows})
    items = grouped(dump_id, Place.ITEMS, ids)
    payments = grouped(dump_id, Place.PAYMENTS, ids)

    def read(row: StagedRow) -> Reading[Any]:
        client = clients.get(row.parent)
        if client is None:
            return refused("client_refused", str(row.parent))
        return read_invoice(
            row.source_id,
            row.body,
            [body for _, body in items[row.source_id]],
            [body for _, body in payments[row.source_id]],
            ref.currencies[number(client.get("currency"))],
            tax_within=ref.tax_within,
        )

    return [(row, read(row)) for row in rows]


def _payments(dump_id: UUID, place: Place, rows: Sequence[StagedRow], ref: Reference) -> Read:
    clients = clients_of(dump_id, {row.other for row in rows})
    return [(row, read_payment(row.body, clients.get(row.other), ref)) for row in rows]


def _tickets(dump_id: UUID, place: Place, rows: Sequence[StagedRow], ref: Reference) -> Read:
    replies = grouped(dump_id, Place.REPLIES, [row.source_id for row in rows])
    return [(row, read_ticket(row.body, replies[row.source_id])) for row in rows]


READERS: Mapping[Place, Callable[[UUID, Place, Sequence[StagedRow], Reference], Read]] = {
    Place.PRODUCTS: _plans,
    Place.ADDONS: _plans,
    Place.CLIENTS: _clients,
    Place.HOSTING: _services,
    Place.HOSTING_ADDONS: _services,
    Place.DOMAINS: _services,
    Place.INVOICES: _invoices,
    Place.PAYMENTS: _payments,
    Place.TICKETS: _tickets,
}
