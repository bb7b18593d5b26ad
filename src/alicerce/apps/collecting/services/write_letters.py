"""The letters about cards: refused, to be confirmed, settled after all, and ending soon."""

from datetime import datetime
from uuid import UUID

from django.utils import translation

from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.collecting.models import Attempt, Card, Collection
from alicerce.apps.collecting.queries.cards import expiring_cards, today, zone
from alicerce.apps.collecting.services.confirming import secret_of
from alicerce.apps.collecting.types import Decline
from alicerce.apps.customers import public as customers
from alicerce.apps.notify import public as notify
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.ui.formats import day

BATCH = 200
TEMPLATES = {
    Decline.SOFT: "card_failed",
    Decline.HARD: "card_refused",
    Decline.OWNER: "card_confirm",
}


@transaction(shared=True)
def tell_failure(
    *, attempt: Attempt, card: Card, invoice: InvoiceSummary, at: datetime
) -> None:
    """Once for each attempt: what was refused, what we do next, what they can do."""
    decline = Decline(attempt.decline)
    base = tenancy.tenant_card().base_url
    next_at = Collection.objects.values_list("next_at", flat=True).get(pk=attempt.collection_id)
    _send(
        TEMPLATES[decline],
        invoice,
        f"card-failed:{attempt.id.hex}",
        {
            "card": str(card),
            "next_day": next_at,
            "link_cards": f"{base}/area-do-cliente/cartoes/",
            "link_confirm": f"{base}/confirmar-cartao/{secret_of(attempt=attempt, at=at)}/"
            if decline == Decline.OWNER
            else "",
        },
        at=at,
    )


@transaction(shared=True)
def tell_recovery(*, invoice: InvoiceSummary, at: datetime) -> None:
    """Who read that their card was refused reads that nothing is left to do."""
    _send("card_recovered", invoice, f"card-recovered:{invoice.id.hex}", {}, at=at)


def warn_of_expiring(*, at: datetime) -> int:
    """Write to the owners of cards that end within thirty days, once for each card and its date."""
    card_ids = _expiring(at)
    for card_id in card_ids:
        _warn(card_id, at=at)
    return len(card_ids)


@transaction()
def _expiring(at: datetime) -> list[UUID]:
    return expiring_cards(today=today(at), limit=BATCH)


@transaction()
def _warn(card_id: UUID, *, at: datetime) -> None:
    card = Card.objects.lock(card_id)
    if card.warned_at or card.removed_at:
        return
    card.warn(at=at)
    customer, base = customers.customer(card.customer_id), tenancy.tenant_card().base_url
    with translation.override(customer.locale):
        expires = day(card.expires_on)
    notify.send(
        template="card_expiring",
        to=customer.email,
        key=f"card-expiring:{card.id.hex}:{card.expires_on:%Y-%m}",
        values={
            "name": customer.name,
            "card": str(card),
            "expires": expires,
            "link_cards": f"{base}/area-do-cliente/cartoes/",
        },
        at=at,
        locale=customer.locale,
    )


def _send(
    template: str,
    invoice: InvoiceSummary,
    key: str,
    values: dict[str, object],
    *,
    at: datetime,
) -> None:
    customer, base = customers.customer(invoice.customer_id), tenancy.tenant_card().base_url
    next_at = values.get("next_day")
    with translation.override(customer.locale):
        next_day = (
            day(next_at.astimezone(zone()).date()) if isinstance(next_at, datetime) else ""
        )
    notify.send(
        template=template,
        to=customer.email,
        key=key,
        values={
            "name": customer.name,
            "number": invoice.code,
            "total": str(invoice.remaining if invoice.is_payable else invoice.total),
            "link_invoice": f"{base}/fatura/{invoice.token}/",
            **{name: str(value) for name, value in values.items()},
            "next_day": next_day,
        },
        at=at,
        locale=customer.locale,
    )
