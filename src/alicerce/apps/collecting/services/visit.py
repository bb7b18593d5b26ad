"""Send a customer to a page of the provider. It is opened by a job: no call leaves a request."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.collecting.errors import CardsNotOffered
from alicerce.apps.collecting.events import CardsChanged, VisitAsked
from alicerce.apps.collecting.models import Payer, Visit
from alicerce.apps.collecting.ports import PageOrder, Vault
from alicerce.apps.collecting.queries.cards import payers_of
from alicerce.apps.collecting.services.vaults import open_vault
from alicerce.apps.collecting.types import VisitKind, VisitStatus
from alicerce.apps.customers import public as customers
from alicerce.apps.customers.types import CustomerCard
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.http import Refusal


@dataclass(frozen=True, slots=True)
class Prepared:
    visit: Visit
    account_id: UUID
    vault: Vault
    customer: CustomerCard
    payer: str


@transaction()
def ask_visit(*, customer_id: UUID, kind: VisitKind, return_url: str, at: datetime) -> UUID:
    """Raises CardsNotOffered where no provider keeps cards, or has none of theirs."""
    if billing.card_account() is None or (
        kind == VisitKind.PORTAL and not payers_of(customer_id)
    ):
        raise CardsNotOffered
    visit: Visit = Visit.objects.create(
        customer_id=customer_id, kind=kind, return_url=return_url, asked_at=at
    )
    if kind == VisitKind.KEEP_CARD:
        audit.record(action="card.asked_for", entity="customer", entity_id=customer_id, at=at)
    publish(VisitAsked(at=at, visit_id=visit.id))
    return UUID(str(visit.id))


def open_visit(*, visit_id: UUID) -> None:
    """Safe to repeat. Raises Unavailable or Unknown: again later."""
    prepared = _prepare(visit_id)
    if prepared is None:
        return
    try:
        url = _open(prepared)
    except Refusal:
        _finish(visit_id, "")
    else:
        _finish(visit_id, url)


@transaction()
def look_again(*, customer_id: UUID, at: datetime) -> None:
    """They came back: what they did is asked, whether or not a notice tells of it."""
    for payer_id in payers_of(customer_id):
        publish(CardsChanged(at=at, payer_id=payer_id))


def _open(prepared: Prepared) -> str:
    payer = prepared.payer
    if not payer:
        payer = prepared.vault.open_payer(prepared.customer)
        _remember(prepared, payer)
    visit = prepared.visit
    order = PageOrder(visit.id, payer, visit.return_url, prepared.customer.locale)
    opens = {
        VisitKind.KEEP_CARD: prepared.vault.open_page,
        VisitKind.PORTAL: prepared.vault.open_portal,
    }
    return opens[VisitKind(visit.kind)](order).url


@transaction()
def _prepare(visit_id: UUID) -> Prepared | None:
    visit = Visit.objects.get(pk=visit_id)
    account = billing.card_account()
    if visit.status != VisitStatus.ASKED or account is None:
        return None
    known = Payer.objects.filter(customer_id=visit.customer_id, account_id=account.id)
    payer = known.order_by("-id").first()
    return Prepared(
        visit,
        account.id,
        open_vault(account_id=account.id),
        customers.customer(visit.customer_id),
        payer.external_id if payer else "",
    )


@transaction()
def _remember(prepared: Prepared, name: str) -> None:
    Payer.objects.add_once(
        Payer(
            customer_id=prepared.customer.id,
            account_id=prepared.account_id,
            external_id=name,
        )
    )


@transaction()
def _finish(visit_id: UUID, url: str) -> None:
    visit = Visit.objects.lock(visit_id)
    if url:
        visit.open(url)
    else:
        visit.fail()
