"""What the platform kept of payments, for the company that paid it and for the platform that earned it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Sum

from alicerce.apps.billing.models import Merchant, PlatformFee
from alicerce.apps.billing.types.connecting import EarnedOfCompany, PlatformFeeView
from alicerce.kernel.db import as_operator
from alicerce.kernel.money import Money
from alicerce.kernel.rest.answers import Slice
from alicerce.kernel.rest.listing import Window, slice_of

PAGE = 50
COLUMNS = (
    "id",
    "account_id",
    "payment_id",
    "payment__invoice_id",
    "external_id",
    "refund_reference",
    "amount_cents",
    "currency",
    "happened_at",
)


def platform_fees_of(payment_ids: Collection[UUID]) -> dict[UUID, Money]:
    """What of each payment is the platform's now: less what came back. Those without a fee are left out."""
    found: dict[UUID, Money] = {}
    rows = PlatformFee.objects.filter(payment_id__in=payment_ids)
    for payment_id, cents, currency in rows.values_list(
        "payment_id", "amount_cents", "currency"
    ):
        found[payment_id] = found.get(payment_id, Money(0, currency)) + Money(cents, currency)
    return found


def platform_fees(*, after: str = "") -> tuple[list[PlatformFeeView], str]:
    """A page, newest first, and where the next begins. Raises ValueError where nothing can begin."""
    rows = PlatformFee.objects.select_related("payment").order_by("-happened_at", "-id")
    if after:
        at, _sep, last = after.partition("_")
        place = datetime.fromisoformat(at)
        rows = rows.filter(Q(happened_at__lt=place) | Q(happened_at=place, id__lt=UUID(last)))
    found = list(rows[: PAGE + 1])
    more = found[PAGE - 1] if len(found) > PAGE else None
    end = f"{more.happened_at.isoformat()}_{more.id}" if more else ""
    return [row.view() for row in found[:PAGE]], end


def platform_fees_between(since: datetime, until: datetime) -> tuple[Money, ...]:
    """What was kept then, less what came back then; in each currency."""
    rows = PlatformFee.objects.filter(happened_at__gte=since, happened_at__lt=until)
    sums = rows.order_by("currency").values("currency").annotate(cents=Sum("amount_cents"))
    return tuple(Money(row["cents"], row["currency"]) for row in sums)


def earned_between(since: datetime, until: datetime) -> list[EarnedOfCompany]:
    """What each company's payments left the platform then, the most first. For the platform to ask."""
    with as_operator():
        modes = dict(
            Merchant.objects.exclude(account_id=None).values_list("account_id", "livemode")
        )
        rows = PlatformFee.objects.filter(happened_at__gte=since, happened_at__lt=until)
        sums = rows.order_by().values("tenant_id", "account_id", "currency")
        found = list(sums.annotate(cents=Sum("amount_cents")))
    earned = [
        EarnedOfCompany(
            tenant_id=row["tenant_id"],
            livemode=modes.get(row["account_id"], False),
            amount=Money(row["cents"], row["currency"]),
        )
        for row in found
    ]
    return sorted(earned, key=lambda one: (not one.livemode, -one.amount.cents))


def platform_fee_rows(window: Window, **wanted: object) -> Slice:
    """As programs read them; a filter that is None narrows nothing."""
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    found = slice_of(PlatformFee.objects.filter(**narrowed), window, *COLUMNS)
    return Slice(
        [
            {"object": "platform_fee", "invoice_id": row.pop("payment__invoice_id"), **row}
            for row in map(dict, found.rows)
        ],
        found.next_cursor,
    )
