"""Plans, prices and options as bodies carry them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from alicerce.apps.catalog.api.field_schemas import FieldOut
from alicerce.apps.catalog.rules import (
    MOST_CENTS,
    MOST_CHOICES,
    MOST_FEATURES,
    MOST_QUANTITY,
    MOST_TRIAL_DAYS,
)
from alicerce.apps.catalog.types import Cycle, Limit, OptionKind, PlanStatus
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.routing import Input

Limits = dict[Limit, int | None]


class PriceOut(Schema):
    """Quanto custa um plano, e de quanto em quanto tempo."""

    object: Literal["price"]
    id: UUID
    plan_id: UUID
    cycle: Cycle
    amount_cents: int = Field(examples=[4990])
    setup_cents: int = Field(
        description="A taxa de instalação, cobrada uma vez, com a primeira fatura.",
        examples=[1990],
    )
    trial_days: int = Field(
        description="Dias de teste, sem nada a pagar, antes do primeiro período.", examples=[0]
    )
    trial_card: bool = Field(
        description="Se o teste só começa para quem guarda um cartão, cobrado quando ele acaba."
    )
    currency: str = Field(examples=["BRL"])


class PriceVersionOut(PriceOut):
    """Um preço, de quando até quando valeu para vendas novas, e quantas houve."""

    is_active: bool
    since: datetime
    retired_at: datetime | None
    sold: int = Field(description="Itens pedidos por este preço e não cancelados.")


class ChoicePriceOut(Schema):
    """Quanto custa cada uma, numa periodicidade."""

    id: UUID
    cycle: Cycle
    amount_cents: int = Field(examples=[990])
    currency: str = Field(examples=["BRL"])


class ChoiceOut(Schema):
    """Uma escolha de uma opção, e quanto cada uma aumenta o limite dela."""

    id: UUID
    name: str
    adds: int
    prices: list[ChoicePriceOut]


class OptionOut(Schema):
    """O que se pode acrescentar a um plano: escolher um de vários, contar, ligar."""

    object: Literal["plan_option"]
    id: UUID
    plan_id: UUID
    kind: OptionKind
    name: str = Field(examples=["Disco extra"])
    summary: str
    position: int
    minimum: int
    maximum: int
    step: int
    limit: Limit | Literal[""]
    choices: list[ChoiceOut]


class PlanOut(Schema):
    """Um plano do catálogo, com os preços em vigor."""

    object: Literal["plan"]
    id: UUID
    name: str = Field(examples=["Pro"])
    summary: str
    features: list[str]
    limits: Limits = Field(description="O que o plano permite; nulo é sem limite.")
    position: int
    status: PlanStatus
    product_name: str = Field(examples=["Hospedagem"])
    product_kind: str = Field(examples=["hosting.account"])
    prices: list[PriceOut]
    options: list[OptionOut]
    fields: list[FieldOut] = Field(
        description="O que `POST /v1/services` precisa responder em `answers`."
    )


class PlanDetailOut(PlanOut):
    """Um plano, com o que só a empresa precisa saber dele."""

    spec: dict[str, str] = Field(description="O que quem entrega precisa saber.")
    stock: int | None = Field(description="Unidades disponíveis; nulo é sem fim.")
    goes_with: list[UUID] = Field(
        description="De um adicional, os planos com que ele vai; vazio é com todos."
    )
    max_quantity: int = Field(description="De um adicional, quantos cabem numa assinatura.")


class PlanListOut(ListOut):
    """Uma página de planos."""

    data: list[PlanOut]


class PriceListOut(ListOut):
    """Uma página de preços."""

    data: list[PriceVersionOut]


class PlanQuery(ListQuery):
    status: PlanStatus = Field(
        PlanStatus.FOR_SALE,
        description="Os ocultos e os fora de venda pedem a permissão `catalog:read`.",
    )


class PlanIn(Input):
    """Um plano novo. Sem preço ele ainda não está à venda."""

    product_kind: str = Field(max_length=40, examples=["hosting.account"])
    product_name: str = Field(
        max_length=80,
        description="A família; um nome novo cria outra.",
        examples=["Hospedagem"],
    )
    name: str = Field(min_length=1, max_length=80, examples=["Pro"])
    summary: str = Field("", max_length=160)
    features: list[str] = Field([], max_length=MOST_FEATURES)
    spec: dict[str, str] = Field(
        {}, description="O que quem entrega precisa saber: na hospedagem, `package` e `region`."
    )
    limits: Limits = Field({}, description="O que o plano permite; nulo é sem limite.")
    position: int = Field(0, ge=0, le=32_767)
    is_visible: bool = True
    stock: int | None = Field(None, ge=0, le=2**31 - 1)
    goes_with: list[UUID] = Field(
        [],
        max_length=200,
        description="De um adicional (`subscriptions.addon`), os planos com que ele vai; vazio é com todos.",
    )
    max_quantity: int = Field(
        1, ge=1, le=MOST_QUANTITY, description="De um adicional, quantos cabem numa assinatura."
    )


class PlanChange(Input):
    """O que muda num plano; o que não vier fica como está."""

    product_name: str | None = Field(None, max_length=80)
    name: str | None = Field(None, min_length=1, max_length=80)
    summary: str | None = Field(None, max_length=160)
    features: list[str] | None = Field(None, max_length=MOST_FEATURES)
    spec: dict[str, str] | None = None
    limits: Limits | None = None
    position: int | None = Field(None, ge=0, le=32_767)
    is_visible: bool | None = None
    stock: int | None = Field(
        None, ge=0, le=2**31 - 1, description="Nulo, quando vem, é sem fim."
    )
    goes_with: list[UUID] | None = Field(None, max_length=200)
    max_quantity: int | None = Field(None, ge=1, le=MOST_QUANTITY)


class PriceIn(Input):
    """O preço que passa a valer para as vendas novas numa periodicidade."""

    cycle: Cycle
    amount_cents: int = Field(ge=0, le=MOST_CENTS, examples=[4990])
    setup_cents: int = Field(0, ge=0, le=MOST_CENTS)
    trial_days: int = Field(
        0,
        ge=0,
        le=MOST_TRIAL_DAYS,
        description="Dias de teste antes do primeiro período; só do que se renova e não tem instalação.",
    )
    trial_card: bool = Field(
        False, description="Exigir um cartão guardado para o teste começar."
    )
    currency: str = Field("BRL", pattern=r"^[A-Z]{3}$")
    reason: str = Field(
        "", max_length=300, description="Preciso quando o plano já foi vendido."
    )


class ChoicePriceIn(Input):
    """Quanto custa cada uma, numa periodicidade."""

    cycle: Cycle
    amount_cents: int = Field(ge=0, le=MOST_CENTS)
    currency: str = Field("BRL", pattern=r"^[A-Z]{3}$")


class ChoiceIn(Input):
    """Uma escolha. O que se conta ou se liga tem uma só."""

    name: str = Field(min_length=1, max_length=80)
    adds: int = Field(0, ge=0, le=2**31 - 1, description="Quanto cada uma aumenta o limite.")
    prices: list[ChoicePriceIn] = Field(max_length=len(Cycle))


class OptionIn(Input):
    """Uma opção nova de um plano."""

    kind: OptionKind
    name: str = Field(min_length=1, max_length=80)
    summary: str = Field("", max_length=160)
    position: int = Field(0, ge=0, le=32_767)
    minimum: int = Field(0, ge=0, le=MOST_QUANTITY)
    maximum: int = Field(1, ge=1, le=MOST_QUANTITY)
    step: int = Field(1, ge=1, le=MOST_QUANTITY)
    limit: Limit | Literal[""] = ""
    choices: list[ChoiceIn] = Field(min_length=1, max_length=MOST_CHOICES)


class OptionGoneOut(Schema):
    """A opção não é mais oferecida."""

    object: Literal["plan_option"]
    id: UUID
    deleted: Literal[True]


class ReasonIn(Input):
    """Por que se muda o preço de um plano que já foi vendido."""

    reason: str = Field("", max_length=300)
