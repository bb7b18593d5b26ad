"""The endpoints about another plan, or other options: what it costs, and having it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from alicerce.apps.billing.types import LineKind
from alicerce.apps.catalog.types import Chosen, Cycle
from alicerce.apps.subscriptions import permissions as may
from alicerce.apps.subscriptions.api.change_rows import confirmed_change, shown_change
from alicerce.apps.subscriptions.queries.changing import preview_change
from alicerce.apps.subscriptions.queries.changing_items import preview_items
from alicerce.apps.subscriptions.services.change_plan import change_items, change_plan
from alicerce.apps.subscriptions.types.changes import (
    ChangeKind,
    ChangeStatus,
    ChangeWhen,
)
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.routing import Endpoints, Input, refusing

router = Endpoints(tags=["Subscriptions"])
REFUSALS = (
    (404, "no_such_subscription"),
    (409, "subscription_not_started"),
    (409, "subscription_late"),
    (409, "subscription_suspended"),
    (409, "subscription_ended"),
    (409, "subscription_canceled"),
    (409, "billing_paused"),
    (409, "renewal_due"),
    (409, "period_unpaid"),
    (409, "change_under_way"),
    (409, "other_change_waits"),
)
OF_PLANS = (
    (422, "not_for_sale"),
    (422, "same_price"),
    (422, "other_product"),
    (422, "other_currency"),
    (422, "addons_keep_cycle"),
    (422, "no_room_to_change"),
)
OF_ITEMS = (
    (422, "bad_choice"),
    (422, "same_items"),
    (422, "bad_quantity"),
    (422, "no_addon"),
)


class ChangePreviewIn(Input):
    """Qual preço, e a partir de quando."""

    price_id: UUID
    when: ChangeWhen | None = Field(
        None,
        description="Agora ou no próximo período; sem dizer, o que custa menos espera o próximo.",
    )


class ChangeIn(ChangePreviewIn):
    """A mudança que foi mostrada, e o saldo dela em centavos."""

    expected_cents: int = Field(
        ge=-(10**12),
        le=10**12,
        description="O `net_cents` que foi mostrado; se mudou, nada é feito.",
        examples=[2500],
    )


class ItemChosenIn(Input):
    """O que se quer de uma opção; com zero, ela sai."""

    option_id: UUID = Field(
        description="Uma das `options` do plano, ou uma que a assinatura tem."
    )
    choice_id: UUID | None = Field(None, description="Numa opção do tipo `choice`, qual delas.")
    quantity: int = Field(1, ge=0, le=10_000)


class ItemsPreviewIn(Input):
    """Quais opções mudam, e a partir de quando; as outras ficam. De um adicional, também quantos."""

    options: list[ItemChosenIn] = Field([], max_length=50)
    quantity: int | None = Field(
        None,
        ge=1,
        le=10_000,
        description="De um adicional, quantos dele; sem dizer, ficam como estão.",
    )
    when: ChangeWhen | None = Field(
        None,
        description="Agora ou no próximo período; sem dizer, o que custa menos espera o próximo.",
    )


class ItemsIn(ItemsPreviewIn):
    """A mudança que foi mostrada, e o saldo dela em centavos."""

    expected_cents: int = Field(
        ge=-(10**12),
        le=10**12,
        description="O `net_cents` que foi mostrado; se mudou, nada é feito.",
        examples=[990],
    )


class ChangeLineOut(Schema):
    """Dias do plano antigo que voltam, ou do novo que são cobrados."""

    kind: LineKind
    description: str
    starts_on: date
    ends_on: date
    amount_cents: int = Field(examples=[-2495])


class ChangePreviewOut(Schema):
    """O que uma mudança custa. Nada foi feito ainda."""

    object: Literal["subscription_change_preview"]
    kind: ChangeKind = Field(description="De plano, ou do que vai com ele.")
    subscription_id: UUID
    price_id: UUID
    description: str
    cycle: Cycle
    amount_cents: int = Field(description="O valor de cada ciclo no novo plano.")
    currency: str = Field(examples=["BRL"])
    when: ChangeWhen
    effective_on: date
    lines: list[ChangeLineOut]
    tax_cents: int = Field(description="O que impostos somam às linhas, ou tiram.")
    net_cents: int = Field(description="Linhas e impostos; abaixo de zero, é crédito.")
    due_now_cents: int
    to_wallet_cents: int
    renews_on: date
    renewal_cents: int


class ChangeOut(Schema):
    """Uma mudança confirmada."""

    object: Literal["subscription_change"]
    kind: ChangeKind
    id: UUID
    subscription_id: UUID
    price_id: UUID
    status: ChangeStatus
    description: str
    cycle: Cycle
    amount_cents: int
    net_cents: int
    currency: str = Field(examples=["BRL"])
    effective_on: date
    drop_on: date | None = Field(description="Até quando se espera o pagamento da fatura.")
    invoice_id: UUID | None
    asked_at: datetime
    closed_at: datetime | None


@router.post(
    "/subscriptions/{uuid:subscription_id}/change-preview",
    response=ChangePreviewOut,
    operation_id="previewSubscriptionChange",
    summary="Mostrar quanto custa mudar de plano",
)
@requires(may.WRITE)
@refusing(*REFUSALS, *OF_PLANS)
def preview_subscription_change(
    request: Request, subscription_id: UUID, wanted: ChangePreviewIn
) -> Answer:
    """Cada linha, o que se paga agora, o que fica no saldo e a próxima renovação. Não muda nada."""
    shown = preview_change(
        subscription_id=subscription_id, price_id=wanted.price_id, when=wanted.when, at=now()
    )
    return Answer(shown_change(shown))


@router.post(
    "/subscriptions/{uuid:subscription_id}/change",
    response=ChangeOut,
    operation_id="changeSubscription",
    summary="Mudar o plano de uma assinatura",
)
@requires(may.WRITE)
@refusing(*REFUSALS, *OF_PLANS, (409, "preview_outdated"))
def change_subscription(request: Request, subscription_id: UUID, wanted: ChangeIn) -> Answer:
    """Pelos centavos mostrados. Vale quando a fatura é paga, na hora se nada é devido, ou no próximo período."""
    confirmed = change_plan(
        subscription_id=subscription_id,
        price_id=wanted.price_id,
        expected_cents=wanted.expected_cents,
        when=wanted.when,
        at=now(),
    )
    return Answer(confirmed_change(confirmed))


@router.post(
    "/subscriptions/{uuid:subscription_id}/items-preview",
    response=ChangePreviewOut,
    operation_id="previewSubscriptionItems",
    summary="Mostrar quanto custa mudar as opções",
)
@requires(may.WRITE)
@refusing(*REFUSALS, *OF_ITEMS)
def preview_subscription_items(
    request: Request, subscription_id: UUID, wanted: ItemsPreviewIn
) -> Answer:
    """Só a diferença é cobrada ou devolvida, pelos dias que faltam. Não muda nada."""
    shown = preview_items(
        subscription_id=subscription_id,
        wanted=chosen_of(wanted.options),
        quantity=wanted.quantity,
        when=wanted.when,
        at=now(),
    )
    return Answer(shown_change(shown))


@router.post(
    "/subscriptions/{uuid:subscription_id}/items",
    response=ChangeOut,
    operation_id="changeSubscriptionItems",
    summary="Mudar as opções de uma assinatura",
)
@requires(may.WRITE)
@refusing(*REFUSALS, *OF_ITEMS, (409, "preview_outdated"), (422, "out_of_stock"))
def change_subscription_items(
    request: Request, subscription_id: UUID, wanted: ItemsIn
) -> Answer:
    """Pelos centavos mostrados: mais ou menos de uma opção, uma nova, ou uma que sai."""
    confirmed = change_items(
        subscription_id=subscription_id,
        wanted=chosen_of(wanted.options),
        quantity=wanted.quantity,
        expected_cents=wanted.expected_cents,
        when=wanted.when,
        at=now(),
    )
    return Answer(confirmed_change(confirmed))


def chosen_of(options: Sequence[ItemChosenIn]) -> list[Chosen]:
    return [Chosen(**one.dict()) for one in options]
