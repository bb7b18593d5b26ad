"""The endpoints about subscriptions."""

from dataclasses import asdict
from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.catalog.types import Cycle, Limit
from alicerce.apps.subscriptions import permissions as may
from alicerce.apps.subscriptions.queries import records
from alicerce.apps.subscriptions.queries.limits import uses_of
from alicerce.apps.subscriptions.services.cancel import (
    cancel_at_period_end,
    cancel_now,
    reactivate,
)
from alicerce.apps.subscriptions.types import (
    EndCause,
    ItemKind,
    Scope,
    SubscriptionStatus,
    SuspendCause,
)
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.routing import Endpoints, Input, expanding, refusing

router = Endpoints(tags=["Subscriptions"])


class When(StrEnum):
    NOW = "now"
    PERIOD_END = "period_end"


class SubscriptionItemOut(Schema):
    """Uma parte da assinatura, pelo preço da venda."""

    kind: ItemKind
    description: str
    quantity: int = Field(examples=[1])
    unit_cents: int = Field(examples=[4990])
    option_id: UUID | None = Field(
        description="De que opção do plano é; nulo no próprio plano."
    )
    choice_id: UUID | None


class NextPriceOut(Schema):
    """O preço que já está marcado: o cliente é avisado antes."""

    amount_cents: int = Field(
        examples=[5490], description="O que a assinatura vai custar em cada ciclo."
    )
    effective_on: date = Field(
        description="O primeiro dia do primeiro período por este preço, se o aviso chegar a tempo."
    )


class SubscriptionOut(Schema):
    """O que um cliente continua comprando. Os períodos vão do primeiro dia até antes do último."""

    object: Literal["subscription"]
    id: UUID
    status: SubscriptionStatus
    customer_id: UUID
    order_id: UUID
    order_line_id: UUID
    parent_id: UUID | None = Field(
        description="De um adicional, a assinatura em que entrou: ele para, volta e termina com ela."
    )
    price_id: UUID
    description: str
    cycle: Cycle
    amount_cents: int = Field(examples=[4990], description="O valor de cada ciclo.")
    currency: str = Field(examples=["BRL"])
    next_price: NextPriceOut | None = Field(
        description="O preço marcado para depois; nulo enquanto nada muda."
    )
    period_starts_on: date | None = Field(description="O último período faturado.")
    period_ends_on: date | None
    next_bill_on: date | None = Field(
        description="Quando o próximo período é faturado; nulo se nenhum vai ser."
    )
    trial_ends_on: date | None = Field(
        description="O dia em que o teste termina e o primeiro período começa; nulo se não houve."
    )
    cancel_at_period_end: bool
    ends_on: date | None
    paused_at: datetime | None = Field(description="Desde quando a cobrança está em pausa.")
    suspend_scope: Scope | None
    suspend_cause: SuspendCause | None
    started_at: datetime | None
    ended_at: datetime | None
    end_cause: EndCause | None
    items: list[SubscriptionItemOut]


class LimitUseOut(Schema):
    """Um limite da assinatura: o que plano, opções e adicionais permitem juntos, e o que já há."""

    key: Limit
    used: int | None = Field(
        description="Nulo no que só o servidor conta e ainda não foi lido dele. Em disco, cada GB começado conta.",
        examples=[3],
    )
    used_bytes: int | None = Field(
        description="O mesmo em bytes, onde o servidor diz assim.", examples=[734003200]
    )
    seen_at: datetime | None = Field(
        description="Quando o servidor disse isto; nulo no que nós contamos, que é de agora."
    )
    most: int | None = Field(description="Nulo é sem limite.", examples=[10])


class LimitsOut(Schema):
    """O uso e os limites de uma assinatura."""

    object: Literal["subscription_limits"]
    subscription_id: UUID
    limits: list[LimitUseOut]


class SubscriptionListOut(ListOut):
    """Uma página de assinaturas."""

    data: list[SubscriptionOut]


class SubscriptionQuery(ListQuery):
    status: SubscriptionStatus | None = Field(None, description="Só neste estado.")
    customer_id: UUID | None = Field(None, description="Só deste cliente.")
    parent_id: UUID | None = Field(None, description="Só os adicionais desta assinatura.")


class CancelSubscriptionIn(Input):
    """Quando e por que cancelar."""

    when: When = Field(When.PERIOD_END, description="No fim do período já faturado, ou agora.")
    reason: str = Field("", max_length=300, examples=["Mudou de endereço."])


@router.get(
    "/subscriptions",
    response=SubscriptionListOut,
    operation_id="listSubscriptions",
    summary="Listar assinaturas",
)
@requires("billing:read")
@expanding("customer")
def list_subscriptions(request: Request, asked: Query[SubscriptionQuery]) -> Answer:
    """As assinaturas, da mais nova para a mais antiga."""
    return Answer(
        records.subscription_rows(
            asked.window(),
            status=asked.status,
            customer_id=asked.customer_id,
            parent_id=asked.parent_id,
        )
    )


@router.get(
    "/subscriptions/{uuid:subscription_id}",
    response=SubscriptionOut,
    operation_id="getSubscription",
    summary="Mostrar uma assinatura",
)
@requires("billing:read")
@expanding("customer")
def get_subscription(request: Request, subscription_id: UUID) -> Answer:
    """Uma assinatura, com o que ela tem e quando se renova."""
    return Answer(records.subscription_record(subscription_id))


@router.get(
    "/subscriptions/{uuid:subscription_id}/limits",
    response=LimitsOut,
    operation_id="getSubscriptionLimits",
    summary="Mostrar o uso e os limites de uma assinatura",
)
@requires("billing:read")
@refusing((404, "no_such_subscription"))
def get_subscription_limits(request: Request, subscription_id: UUID) -> Answer:
    """O que o plano, as opções e os adicionais permitem juntos, e quanto disso já está em uso."""
    uses = [asdict(one) for one in uses_of(subscription_id)]
    return Answer(
        {"object": "subscription_limits", "subscription_id": subscription_id, "limits": uses}
    )


@router.post(
    "/subscriptions/{uuid:subscription_id}/cancel",
    response=SubscriptionOut,
    operation_id="cancelSubscription",
    summary="Cancelar uma assinatura",
)
@requires(may.WRITE)
@refusing(
    (404, "no_such_subscription"),
    (409, "subscription_not_started"),
    (409, "subscription_ended"),
)
@expanding("customer")
def cancel_subscription(
    request: Request, subscription_id: UUID, wanted: CancelSubscriptionIn
) -> Answer:
    """Cancela agora, ou quando o período já faturado acabar. Repetir não muda nada."""
    if wanted.when == When.NOW:
        cancel_now(
            subscription_id=subscription_id,
            cause=EndCause.STAFF,
            reason=wanted.reason,
            at=now(),
        )
    else:
        cancel_at_period_end(subscription_id=subscription_id, reason=wanted.reason, at=now())
    return Answer(records.subscription_record(subscription_id))


@router.post(
    "/subscriptions/{uuid:subscription_id}/reactivate",
    response=SubscriptionOut,
    operation_id="reactivateSubscription",
    summary="Manter uma assinatura que ia terminar",
)
@requires(may.WRITE)
@refusing(
    (404, "no_such_subscription"),
    (409, "not_canceled"),
    (409, "subscription_ended"),
    (409, "subscription_not_started"),
)
@expanding("customer")
def reactivate_subscription(request: Request, subscription_id: UUID) -> Answer:
    """Desfaz um cancelamento para o fim do período, enquanto ele não chegou."""
    reactivate(subscription_id=subscription_id, at=now())
    return Answer(records.subscription_record(subscription_id))
