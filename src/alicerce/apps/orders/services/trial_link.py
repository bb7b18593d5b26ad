"""A trial begins when the buyer answers a letter: the mailbox is theirs, or nothing is delivered."""

from datetime import UTC, datetime
from uuid import UUID

from alicerce.apps.customers import public as customers
from alicerce.apps.identity import public as identity
from alicerce.apps.notify import public as notify
from alicerce.apps.orders import queries
from alicerce.apps.orders.errors import NoTrialToBegin, TrialLinkOver
from alicerce.apps.orders.rules import TRIAL_LINK_LASTS
from alicerce.apps.orders.services import proofs
from alicerce.apps.orders.services.release_order import agree_to_trial, begin_trial
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction

TRIAL = "trial"


@transaction()
def send_trial_link(*, order_id: UUID, at: datetime) -> None:
    """Write to the buyer, once an hour at most. Raises NoSuchOrder, NoTrialToBegin."""
    order = queries.order(order_id)
    if not order.awaits_proof:
        raise NoTrialToBegin
    buyer = customers.customer(order.customer_id)
    base_url = tenancy.tenant_card().base_url.rstrip("/")
    proof = proofs.proof_of(purpose=TRIAL, order_id=order_id, until=at + TRIAL_LINK_LASTS)
    notify.send(
        template="order_trial",
        to=buyer.email,
        key=f"order-trial:{order.id}:{at.astimezone(UTC):%Y%m%d%H}",
        values={
            "name": buyer.name,
            "number": str(order.number),
            "description": order.description,
            "days": str(order.trial_days),
            "card": "1" if order.trial_card else "",
            "later": str(order.later),
            "link_password": identity.first_password_link(email=buyer.email, base_url=base_url)
            if order.trial_card
            else "",
            "link_cards": f"{base_url}/area-do-cliente/cartoes/",
            "link_trial": f"{base_url}/pedido/{order.token}/teste/{proof}/",
        },
        at=at,
        locale=buyer.locale,
    )


def begin_by_link(*, order_id: UUID, proof: str, at: datetime) -> bool:
    """False when it began before. Raises TrialLinkOver, NoSuchOrder, NoTrialToBegin, CardFirst.

    That they agreed is kept also when a card has to come first: it begins with the card.
    """
    check_trial_proof(order_id=order_id, proof=proof, at=at)
    agree_to_trial(order_id=order_id)
    return begin_trial(order_id=order_id, at=at)


def check_trial_proof(*, order_id: UUID, proof: str, at: datetime) -> None:
    """Raises TrialLinkOver."""
    if not proofs.is_proof(proof=proof, purpose=TRIAL, order_id=order_id, at=at):
        raise TrialLinkOver
