"""The endpoints about add-ons of a subscription: what one costs, and having it."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import StringConstraints

from alicerce.apps.catalog.errors import BadAnswers
from alicerce.apps.catalog.types import LONGEST_ANSWER, MOST_FIELDS, Cycle, FieldKind
from alicerce.apps.subscriptions import permissions as may
from alicerce.apps.subscriptions.api.changes import ItemChosenIn, chosen_of
from alicerce.apps.subscriptions.api.subscriptions import SubscriptionOut
from alicerce.apps.subscriptions.queries import records
from alicerce.apps.subscriptions.queries.addons import preview_addon
from alicerce.apps.subscriptions.services.add_on import add_addon
from alicerce.apps.subscriptions.types.addons import AddonPreview, AddonWanted
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, Row, created
from alicerce.kernel.rest.problems import Fault, Invalid
from alicerce.kernel.rest.routing import Endpoints, Input, refusing

router = Endpoints(tags=["Subscriptions"])
AnswerText = Annotated[str, StringConstraints(max_length=LONGEST_ANSWER[FieldKind.LONG_TEXT])]
REFUSALS = (
    (404, "no_such_subscription"),
    (409, "subscription_not_started"),
    (409, "subscription_late"),
    (409, "subscription_suspended"),
    (409, "subscription_ended"),
    (409, "subscription_canceled"),
    (409, "billing_paused"),
    (409, "renewal_due"),
    (409, "is_addon"),
    (409, "addon_had"),
    (422, "addon_cycle"),
    (422, "not_for_sale"),
    (422, "other_currency"),
    (422, "bad_quantity"),
    (422, "bad_choice"),
    (422, "total_too_large"),
    (422, "bad_coupon"),
    (422, "coupon_not_for_plan"),
    (422, "coupon_used_up"),
)


class AddonPreviewIn(Input):
    """Qual preço de qual adicional, quantos, com quais opções e cupom."""

    price_id: UUID
    quantity: int = Field(
        1, ge=1, le=10_000, description="No máximo o `max_quantity` do plano."
    )
    options: list[ItemChosenIn] = Field([], max_length=50)
    coupon: str = Field("", max_length=32)

    def wanted(self) -> AddonWanted:
        chosen = tuple(chosen_of(self.options))
        return AddonWanted(self.price_id, self.quantity, chosen, self.coupon)


class AddonIn(AddonPreviewIn):
    """O adicional que foi mostrado, pelos centavos mostrados."""

    expected_cents: int = Field(
        ge=0,
        le=10**12,
        description="O `total_cents` que foi mostrado; se mudou, nada é feito.",
        examples=[750],
    )
    answers: dict[UUID, AnswerText] = Field(
        {},
        max_length=MOST_FIELDS,
        description="As respostas aos `fields` do plano do adicional, pelo `id` de cada um; num `yes_no`, `yes` ou `no`.",
    )

    def answered(self) -> AddonWanted:
        return replace(self.wanted(), answers=self.answers)


class AddonPreviewOut(Schema):
    """Quanto custa um adicional. Nada foi feito ainda."""

    object: Literal["addon_preview"]
    subscription_id: UUID
    price_id: UUID
    description: str
    cycle: Cycle
    quantity: int = Field(examples=[1])
    amount_cents: int = Field(
        description="O valor de cada ciclo, de todos e com as opções.", examples=[1500]
    )
    currency: str = Field(examples=["BRL"])
    starts_on: date = Field(description="Os primeiros dias, cobrados em proporção.")
    ends_on: date = Field(description="Daqui em diante ele se renova com a assinatura.")
    first_cents: int = Field(examples=[750])
    discount_cents: int = Field(description="O que o cupom já tirou destes dias.")
    tax_cents: int = Field(description="O que impostos somam, ou tiram.")
    total_cents: int = Field(description="O que a próxima fatura pede por estes dias.")
    due_on: date = Field(description="Quando essa fatura vence.")
    renewal_cents: int = Field(description="O que cada renovação pede, com impostos.")


@router.post(
    "/subscriptions/{uuid:subscription_id}/addon-preview",
    response=AddonPreviewOut,
    operation_id="previewSubscriptionAddon",
    summary="Mostrar quanto custa um adicional",
)
@requires(may.WRITE)
@refusing(*REFUSALS)
def preview_subscription_addon(
    request: Request, subscription_id: UUID, wanted: AddonPreviewIn
) -> Answer:
    """Os dias até a próxima renovação, em proporção, e o que cada renovação pede. Não muda nada."""
    shown = preview_addon(subscription_id=subscription_id, wanted=wanted.wanted(), at=now())
    return Answer(_shown(shown))


@router.post(
    "/subscriptions/{uuid:subscription_id}/addons",
    response={201: SubscriptionOut},
    operation_id="addSubscriptionAddon",
    summary="Incluir um adicional numa assinatura",
)
@requires(may.WRITE)
@refusing(*REFUSALS, (422, "out_of_stock"), (422, "coupon_used"), (409, "preview_outdated"))
def add_subscription_addon(request: Request, subscription_id: UUID, wanted: AddonIn) -> Answer:
    """Ele começa já, como uma assinatura ligada a esta, e vai na próxima fatura do cliente."""
    try:
        addon_id = add_addon(
            subscription_id=subscription_id,
            wanted=wanted.answered(),
            expected_cents=wanted.expected_cents,
            at=now(),
        )
    except BadAnswers as refused:
        faults = refused.faults.items()
        raise Invalid(
            faults=tuple(Fault(f"/answers/{id_}", "bad_answer", words) for id_, words in faults)
        ) from None
    location = f"/v1/subscriptions/{addon_id}"
    return created(records.subscription_record(addon_id), location=location)


def _shown(shown: AddonPreview) -> Row:
    return {
        "object": "addon_preview",
        "subscription_id": shown.subscription_id,
        "price_id": shown.price_id,
        "description": shown.description,
        "cycle": shown.cycle,
        "quantity": shown.quantity,
        "amount_cents": shown.amount.cents,
        "currency": shown.first.currency,
        "starts_on": shown.period.starts_on,
        "ends_on": shown.period.ends_on,
        "first_cents": shown.first.cents,
        "discount_cents": shown.off_cents,
        "tax_cents": shown.tax_cents,
        "total_cents": shown.total.cents,
        "due_on": shown.due_on,
        "renewal_cents": shown.renewal.cents,
    }
