"""Take over which cards a provider keeps. Whatever brought the news, the provider is asked."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.collecting.events import (
    CardsChanged,
    CardUnwanted,
    PaymentMethodRemoved,
    PaymentMethodSaved,
)
from alicerce.apps.collecting.models import Card, Payer
from alicerce.apps.collecting.ports import Vault
from alicerce.apps.collecting.queries.cards import payer_ids, today
from alicerce.apps.collecting.rules.retrying import last_day
from alicerce.apps.collecting.services.vaults import open_vault
from alicerce.apps.collecting.types import KeptCard
from alicerce.kernel import locks
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


def look_at_cards(*, payer_id: UUID, at: datetime) -> None:
    """Ask for a payer's cards and take them over. Raises Refusal, Unavailable or Unknown."""
    payer, vault = _payer(payer_id)
    if payer.given_up_at:
        return
    take_over(payer_id=payer_id, told=vault.cards(payer.external_id), at=at)


@transaction()
def take_over(*, payer_id: UUID, told: Sequence[KeptCard], at: datetime) -> None:
    """`at` is when the provider was asked: an older answer undoes nothing of a newer one."""
    payer = Payer.objects.get(pk=payer_id)
    locks.hold(f"cards:{payer.customer_id}")
    known = {row.external_id: row for row in Card.objects.filter(payer_id=payer_id)}
    for card in told:
        _see(payer, known.get(card.name), card, at=at)
    here = {card.name for card in told}
    for row in known.values():
        if row.external_id not in here and row.seen_at <= at and row.remove(at=at):
            _say_removed(row, at=at)
    settle_default(customer_id=payer.customer_id, at=at)


@transaction(shared=True)
def settle_default(*, customer_id: UUID, at: datetime) -> None:
    """Whoever keeps cards has a default one: the newest that can be charged, when it is gone."""
    kept = Card.objects.kept().filter(customer_id=customer_id)
    if kept.filter(is_default=True).exists():
        return
    usable = kept.usable(today(at)).order_by("-id").first() or kept.order_by("-id").first()
    if usable:
        usable.become_default()


@transaction()
def read_card_notice(*, notice_id: UUID, at: datetime) -> None:
    """Have the cards of everybody whom a notice speaks of looked at."""
    notice = billing.notice(notice_id)
    if notice.kind != GatewayKind.STRIPE:
        return
    names = open_vault(account_id=notice.account_id).payers_in(notice.raw)
    for payer_id in payer_ids(notice.account_id, names):
        publish(CardsChanged(at=at, payer_id=payer_id))


def learn_payer(*, invoice_id: UUID, at: datetime) -> None:
    """Who agreed to have the card kept that they just paid with. Raises Unavailable or Unknown."""
    for page, account_id, vault in _pages(invoice_id):
        name = vault.payer_of_page(page)
        if name:
            _remember(invoice_id, account_id, name, at=at)


@transaction()
def _remember(invoice_id: UUID, account_id: UUID, name: str, *, at: datetime) -> None:
    customer_id = billing.invoice(invoice_id).customer_id
    payer = Payer(customer_id=customer_id, account_id=account_id, external_id=name)
    Payer.objects.add_once(payer)
    for payer_id in payer_ids(account_id, [name]):
        publish(CardsChanged(at=at, payer_id=payer_id))


@transaction()
def _pages(invoice_id: UUID) -> list[tuple[str, UUID, Vault]]:
    return [
        (charge.kept_card_page, charge.account_id, open_vault(account_id=charge.account_id))
        for charge in billing.charges_of(invoice_id)
        if charge.kept_card_page
    ]


@transaction()
def _payer(payer_id: UUID) -> tuple[Payer, Vault]:
    payer = Payer.objects.get(pk=payer_id)
    return payer, open_vault(account_id=payer.account_id)


def _see(payer: Payer, row: Card | None, told: KeptCard, *, at: datetime) -> None:
    if row is None:
        _keep(payer, told, at=at)
    elif row.removed_at:
        publish(CardUnwanted(at=at, payment_method_id=row.id))
    else:
        row.see(told, at=at)


def _keep(payer: Payer, told: KeptCard, *, at: datetime) -> None:
    """A card saved anew is the one that is charged from now on."""
    card = Card(
        payer=payer,
        customer_id=payer.customer_id,
        external_id=told.name,
        brand=told.brand[:20],
        last4=told.last4,
        expires_on=last_day(told.exp_month, told.exp_year),
        saved_at=at,
        seen_at=at,
    )
    if not Card.objects.add_once(card):
        return
    card.become_default()
    audit.record(
        action="card.saved",
        entity="customer",
        entity_id=payer.customer_id,
        after={"card_id": card.id, "brand": card.brand},
        at=at,
    )
    publish(
        PaymentMethodSaved(
            at=at,
            payment_method_id=card.id,
            customer_id=card.customer_id,
            brand=card.brand,
            last4=card.last4,
        )
    )


def _say_removed(card: Card, *, at: datetime) -> None:
    audit.record(
        action="card.removed",
        entity="customer",
        entity_id=card.customer_id,
        after={"card_id": card.id},
        at=at,
    )
    publish(
        PaymentMethodRemoved(at=at, payment_method_id=card.id, customer_id=card.customer_id)
    )


@transaction()
def remove_card(*, card_id: UUID, customer_id: UUID, at: datetime) -> bool:
    """Charge it no more from now on; the provider forgets it soon. False when it was removed."""
    locks.hold(f"cards:{customer_id}")
    card = Card.objects.filter(pk=card_id, customer_id=customer_id).first()
    if card is None or not card.remove(at=at):
        return False
    _say_removed(card, at=at)
    publish(CardUnwanted(at=at, payment_method_id=card.id))
    settle_default(customer_id=customer_id, at=at)
    return True


def forget_card(*, card_id: UUID) -> None:
    """Have the provider keep it no more. Safe to repeat. Raises Unavailable or Unknown."""
    name, vault = _unwanted(card_id)
    vault.forget(name)


@transaction()
def _unwanted(card_id: UUID) -> tuple[str, Vault]:
    card = Card.objects.select_related("payer").get(pk=card_id)
    return card.external_id, open_vault(account_id=card.payer.account_id)
