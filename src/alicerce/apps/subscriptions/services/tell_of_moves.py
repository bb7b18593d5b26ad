"""Letters of prices that change: one a customer and move, so long before as was promised; and of none after all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from alicerce.apps.customers import public as customers
from alicerce.apps.notify import public as notify
from alicerce.apps.subscriptions.events import MoveLettersDue, PriceChangeAnnounced
from alicerce.apps.subscriptions.models import MovedPrice
from alicerce.apps.subscriptions.types import SubscriptionStatus
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.brazil import display_domains
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish, publish_all
from alicerce.kernel.locks import hold
from alicerce.kernel.money import Money
from alicerce.kernel.rest.answers import Row
from alicerce.ui.formats import day, money

MOST, BATCHES = 100, 20
"""How many customers a transaction writes to, and how many transactions a job does before it makes room."""
LOCK = "price move letters"


def write_some_letters(*, on: date, at: datetime) -> None:
    """Some batches, one small transaction each, then make room and ask to go on."""
    for _batch in range(BATCHES):
        if not tell_of_price_moves(on=on, at=at) and not tell_of_canceled_moves(at=at):
            return
    with transaction():
        publish(MoveLettersDue(at=at, on=on))


@transaction()
def tell_of_price_moves(*, on: date, at: datetime) -> int:
    """Write to some whose day is here, of all that a move changes for them; to how many."""
    hold(LOCK)
    due = MovedPrice.objects.to_tell(on).order_by("tell_on", "customer_id")
    pairs = list(dict.fromkeys(due.values_list("move_id", "customer_id")[:MOST]))
    found = MovedPrice.objects.waiting().filter(
        told_at__isnull=True,
        move_id__in={move_id for move_id, _ in pairs},
        customer_id__in={customer_id for _, customer_id in pairs},
    )
    rows = list(found.select_related("move", "subscription").order_by("subscription_id"))
    _leave([row for row in rows if row.subscription.status == SubscriptionStatus.ENDED], at)
    told = [row for row in rows if row.subscription.status != SubscriptionStatus.ENDED]
    MovedPrice.objects.filter(pk__in=[row.id for row in told]).update(told_at=at, told_on=on)
    _write("price_change", told, at)
    publish_all(
        [
            PriceChangeAnnounced(
                at=at,
                subscription_id=row.subscription_id,
                customer_id=row.customer_id,
                price_move_id=row.move_id,
                effective_on=row.effective_on,
                before_cents=row.before_cents,
                after_cents=row.after_cents,
                currency=row.move.currency,
            )
            for row in told
        ]
    )
    return len(pairs)


@transaction()
def tell_of_canceled_moves(*, at: datetime) -> int:
    """Write to some who were told of a price that will not come; to how many."""
    hold(LOCK)
    due = MovedPrice.objects.to_recall().order_by("customer_id")
    pairs = list(dict.fromkeys(due.values_list("move_id", "customer_id")[:MOST]))
    found = MovedPrice.objects.to_recall().filter(
        move_id__in={move_id for move_id, _ in pairs},
        customer_id__in={customer_id for _, customer_id in pairs},
    )
    rows = list(found.select_related("move", "subscription").order_by("subscription_id"))
    MovedPrice.objects.filter(pk__in=[row.id for row in rows]).update(recalled_at=at)
    live = [row for row in rows if row.subscription.status != SubscriptionStatus.ENDED]
    _write("price_change_canceled", live, at)
    return len(pairs)


def _leave(rows: Sequence[MovedPrice], at: datetime) -> None:
    for row in rows:
        MovedPrice.objects.leave(row.subscription_id, at=at)


def _write(template: str, rows: Sequence[MovedPrice], at: datetime) -> None:
    """The same customer and move write no second letter: the key says so."""
    grouped: dict[tuple[UUID, UUID], list[MovedPrice]] = defaultdict(list)
    for row in rows:
        grouped[row.move_id, row.customer_id].append(row)
    base_url = tenancy.tenant_card().base_url.rstrip("/")
    known = customers.customers_by_id({customer_id for _, customer_id in grouped})
    for (move_id, customer_id), own in grouped.items():
        customer = known[customer_id]
        notify.send(
            template=template,
            to=customer["email"],
            key=f"{template}:{move_id.hex}:{customer_id.hex}",
            values=_values(own, customer, base_url),
            at=at,
            locale=customer["locale"],
        )


def _values(rows: Sequence[MovedPrice], customer: Row, base_url: str) -> Mapping[str, str]:
    with translation.override(customer["locale"]):
        first = min(row.effective_on for row in rows)
        return {
            "name": customer["name"],
            "day": day(first),
            "reason": rows[0].move.reason,
            "changes": "\n".join(_words(row) for row in rows),
            "link_subscriptions": f"{base_url}/area-do-cliente/assinaturas/",
        }


def _words(row: MovedPrice) -> str:
    currency = row.move.currency
    told = {
        "what": display_domains(row.subscription.description),
        "before": money(Money(row.before_cents, currency)),
        "after": money(Money(row.after_cents, currency)),
        "day": day(row.effective_on),
    }
    return _("%(what)s: de %(before)s para %(after)s a partir de %(day)s") % told
