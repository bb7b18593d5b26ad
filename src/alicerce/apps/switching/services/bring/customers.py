"""Clients, as customers: new ones are written down, known ones are found, changed ones follow."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from alicerce.apps.customers import public as customers
from alicerce.apps.customers.errors import BadCustomer, CustomerTaken
from alicerce.apps.customers.public import OldAddress, OldContact, OldCustomer
from alicerce.apps.switching.models import Dump, Link
from alicerce.apps.switching.models.book import LINK, write_all
from alicerce.apps.switching.rules.reading.clients import ClientPlan
from alicerce.apps.switching.rules.reading.values import Reference
from alicerce.apps.switching.services.bring.sorting import Pair, Sorted, relink

CUSTOMER = "customer"


class _Book:
    """Who is a customer by now, also by the rows of this very step."""

    def __init__(self, plans: Sequence[ClientPlan]) -> None:
        known = customers.known_customers(
            documents={one.profile.document for one in plans},
            emails={one.profile.email for one in plans},
        )
        self.documents, self.emails = dict(known.documents), dict(known.emails)
        self.coming_documents: set[str] = set()
        self.coming: dict[tuple[str, str], int] = {}

    def find(self, plan: ClientPlan) -> UUID | None:
        if plan.profile.document:
            return self.documents.get(plan.profile.document)
        return self.emails.get(plan.profile.email)


def bring_customers(found: Sorted, dump: Dump, ref: Reference, at: datetime) -> int:
    book = _Book([pair.plan for pair in found.new])
    known = {pair.id: id_ for pair in found.new if (id_ := book.find(pair.plan))}
    coming, twins = _split([pair for pair in found.new if pair.id not in known], book)
    ids = customers.take_over(customers=[old for _, old in coming], at=at, brought_by=dump.id)
    made = {pair.id: id_ for (pair, _), id_ in zip(coming, ids, strict=True)}
    made_or_found = {**known, **made}
    made_or_found |= {pair.id: made[first] for pair, first in twins}
    write_all(
        [
            _link(pair, made_or_found[pair.id], is_found=pair.id not in made)
            for pair in found.new
        ],
        LINK,
    )
    return _follow(found.changed, at)


def _split(
    pairs: Sequence[Pair], book: _Book
) -> tuple[list[tuple[Pair, OldCustomer]], list[tuple[Pair, int]]]:
    """Those to be written down, and those who are one of these under another number."""
    coming: list[tuple[Pair, OldCustomer]] = []
    twins: list[tuple[Pair, int]] = []
    for pair in pairs:
        profile = pair.plan.profile
        key = (profile.email, profile.document)
        if key in book.coming:
            twins.append((pair, book.coming[key]))
            continue
        repeats = bool(profile.document) and profile.document in book.coming_documents
        coming.append((pair, _old(pair.plan, repeats=repeats)))
        book.coming[key] = pair.id
        book.coming_documents.add(profile.document)
    return coming, twins


def _old(plan: ClientPlan, *, repeats: bool) -> OldCustomer:
    return OldCustomer(
        plan.profile,
        plan.status,
        repeats,
        OldAddress(
            plan.address.postal_code,
            plan.address.street,
            plan.address.number,
            plan.address.complement,
            plan.address.district,
            plan.address.city,
            plan.address.state,
        )
        if plan.address
        else None,
        tuple(OldContact(one.name, one.email, one.phone) for one in plan.contacts),
    )


def _link(pair: Pair, customer_id: UUID, *, is_found: bool) -> Link:
    return Link(
        place=pair.row.place,
        source_id=pair.id,
        entity=CUSTOMER,
        entity_id=customer_id,
        digest=pair.digest,
        mark="" if is_found else "1",
        is_found=is_found,
        beside=_credit(pair.plan),
    )


def _credit(plan: ClientPlan) -> dict[str, int | str]:
    return {"credit": plan.credit_cents, "currency": plan.currency}


def _follow(changed: Sequence[tuple[Pair, Link]], at: datetime) -> int:
    """What changed there, unless somebody wrote in the customer here, or they were ours before."""
    versions = customers.customer_versions(customer_ids=[link.entity_id for _, link in changed])
    kept, marks = 0, {}
    for pair, link in changed:
        link.beside = _credit(pair.plan)
        if link.is_found or str(versions.get(link.entity_id, "")) != link.mark:
            kept += 1
        else:
            marks[link.entity_id] = _update(pair, link, at)
    relink(changed, marks)
    return kept


def _update(pair: Pair, link: Link, at: datetime) -> str:
    detail = customers.customer_detail(link.entity_id)
    profile = replace(
        pair.plan.profile, tier_id=detail.profile.tier_id, tags=detail.profile.tags
    )
    try:
        version = customers.update_customer(customer_id=link.entity_id, profile=profile, at=at)
    except (BadCustomer, CustomerTaken):
        version = detail.version
    return str(version)
