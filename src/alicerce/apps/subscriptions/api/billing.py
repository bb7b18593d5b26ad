"""The endpoints about the billing of a subscription: when, and whether for now."""

from uuid import UUID

from ninja import Field

from alicerce.apps.subscriptions import permissions as may
from alicerce.apps.subscriptions.api.subscriptions import SubscriptionOut
from alicerce.apps.subscriptions.queries import records
from alicerce.apps.subscriptions.services.close_change import (
    withdraw_change as withdraw,
)
from alicerce.apps.subscriptions.services.pause import pause_billing, resume_billing
from alicerce.apps.subscriptions.services.set_terms import set_billing_day as set_day
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.routing import Endpoints, Input, expanding, refusing

router = Endpoints(tags=["Subscriptions"])

GOING_ON = (
    (404, "no_such_subscription"),
    (409, "subscription_not_started"),
    (409, "subscription_ended"),
)


class BillingDayIn(Input):
    """Em que dia do mês o cliente prefere ser cobrado."""

    day: int | None = Field(
        ge=1,
        le=31,
        description="Nulo deixa cada assinatura no dia em que está.",
        examples=[10],
    )


@router.post(
    "/subscriptions/{uuid:subscription_id}/pause-billing",
    response=SubscriptionOut,
    operation_id="pauseSubscriptionBilling",
    summary="Pausar a cobrança de uma assinatura",
)
@requires(may.WRITE)
@refusing(*GOING_ON)
@expanding("customer")
def pause_subscription_billing(request: Request, subscription_id: UUID) -> Answer:
    """Entrega sem cobrar: nenhum período novo é faturado até retomar. Repetir não muda nada."""
    pause_billing(subscription_id=subscription_id, at=now())
    return Answer(records.subscription_record(subscription_id))


@router.post(
    "/subscriptions/{uuid:subscription_id}/resume-billing",
    response=SubscriptionOut,
    operation_id="resumeSubscriptionBilling",
    summary="Retomar a cobrança de uma assinatura",
)
@requires(may.WRITE)
@refusing(*GOING_ON)
@expanding("customer")
def resume_subscription_billing(request: Request, subscription_id: UUID) -> Answer:
    """Volta a cobrar; se um período passou durante a pausa, a partir de hoje. Repetir não muda nada."""
    resume_billing(subscription_id=subscription_id, at=now())
    return Answer(records.subscription_record(subscription_id))


@router.post(
    "/subscriptions/{uuid:subscription_id}/billing-day",
    response=SubscriptionOut,
    operation_id="setSubscriptionBillingDay",
    summary="Escolher o dia da cobrança",
)
@requires(may.WRITE)
@refusing((404, "no_such_subscription"))
@expanding("customer")
def set_billing_day(request: Request, subscription_id: UUID, wanted: BillingDayIn) -> Answer:
    """Vale para todas as assinaturas do mesmo cliente, a partir do próximo período de cada uma."""
    found = records.subscription_record(subscription_id)
    set_day(customer_id=found["customer_id"], day=wanted.day, at=now())
    return Answer(records.subscription_record(subscription_id))


@router.post(
    "/subscriptions/{uuid:subscription_id}/withdraw-change",
    response=SubscriptionOut,
    operation_id="withdrawSubscriptionChange",
    summary="Desistir de uma mudança de plano",
)
@requires(may.WRITE)
@refusing((404, "no_such_subscription"), (409, "no_change"), (409, "change_under_way"))
@expanding("customer")
def withdraw_change(request: Request, subscription_id: UUID) -> Answer:
    """Fica com o plano de hoje. A fatura da mudança, se ninguém pagou, é anulada."""
    withdraw(subscription_id=subscription_id, at=now())
    return Answer(records.subscription_record(subscription_id))
