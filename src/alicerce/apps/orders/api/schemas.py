"""Orders as bodies carry them."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import StringConstraints

from alicerce.apps.catalog.types import (
    LONGEST_ANSWER,
    MOST_FIELDS,
    Cycle,
    FieldKind,
    ItemKind,
)
from alicerce.apps.orders.rules import MOST_QUANTITY
from alicerce.apps.orders.types import CancelCause, LineStatus, OrderStatus
from alicerce.kernel.rest.fields import Domain
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.metadata import Metadata, MetadataOut
from alicerce.kernel.rest.routing import Input

AnswerText = Annotated[str, StringConstraints(max_length=LONGEST_ANSWER[FieldKind.LONG_TEXT])]


class OrderItemOut(Schema):
    """Uma parte de um item, pelo preço em que foi vendida. `setup` se cobra uma vez."""

    kind: ItemKind
    price_id: UUID
    option_id: UUID | None
    choice_id: UUID | None
    name: str = Field(examples=["Disco extra"])
    quantity: int
    unit_cents: int = Field(examples=[4990])


class OrderLineOut(Schema):
    """Uma coisa a entregar."""

    object: Literal["order_line"]
    id: UUID
    goes_along: bool = Field(
        description="Se é um adicional que foi pedido junto com o plano da primeira linha."
    )
    kind: str = Field(examples=["hosting.account"])
    description: str
    domain: str | None
    cycle: Cycle
    amount_cents: int = Field(examples=[4990])
    status: LineStatus
    coupon: str | None
    discount_cents: int = Field(description="O que o cupom tirou desta primeira cobrança.")
    items: list[OrderItemOut]


class OrderAnswerOut(Schema):
    """O que o comprador respondeu a um campo do plano, como foi perguntado."""

    field_id: UUID
    kind: FieldKind
    label: str = Field(examples=["Nome da empresa"])
    label_en: str = Field(examples=["Company name"])
    is_personal: bool
    value: str | None = Field(
        description="Nulo quando é pessoal e falta `customers:read`, e num pedido expandido; vazio "
        "depois que a pessoa foi apagada.",
        examples=["Padaria do Sol Ltda."],
    )


class TermsEvidenceOut(Schema):
    """Que o comprador aceitou os termos em outro lugar, como esse lugar disse."""

    accepted_by: str | None = Field(description="Nulo quando falta `customers:read`.")
    accepted_at: datetime
    address: str | None


class OrderOut(Schema):
    """Uma compra: o que foi pedido e até onde foi a entrega."""

    object: Literal["order"]
    id: UUID
    number: int = Field(examples=[1042])
    status: OrderStatus
    customer_id: UUID
    total_cents: int = Field(examples=[4990])
    currency: str = Field(examples=["BRL"])
    placed_at: datetime
    completed_at: datetime | None
    canceled_at: datetime | None
    starts_on: date | None = Field(
        description="O primeiro dia do que foi pedido; nulo quando é o do pagamento."
    )
    terms_version: int | None = Field(
        description="A versão dos termos que o comprador aceitou."
    )
    terms_pending: bool = Field(
        description="Se o cliente ainda aceita os termos na página do pedido."
    )
    terms_evidence: TermsEvidenceOut | None
    cancel_cause: CancelCause | None = Field(
        description="Por que acabou sem pagamento; nulo enquanto não acabou assim."
    )
    trial_days: int = Field(
        description="Dias de teste antes do primeiro período: o pedido não tem fatura, e espera que "
        "o comprador confirme o e-mail.",
        examples=[0],
    )
    trial_card: bool = Field(
        description="Se o teste só começa quando o cliente guarda um cartão."
    )
    page_path: str | None = Field(
        description="O caminho da página do pedido, onde o comprador paga e acompanha. Só para "
        "quem pode `services:create`, e nunca num pedido expandido; nulo para os outros."
    )
    page_url: str | None = Field(
        description="A mesma página com o endereço; em teste, o do ambiente de testes. Nulo quando "
        "`page_path` é, e enquanto nenhum endereço leva até ele."
    )
    lines: list[OrderLineOut]
    answers: list[OrderAnswerOut]
    metadata: MetadataOut


class OrderListOut(ListOut):
    """Uma página de pedidos."""

    data: list[OrderOut]


class ChosenIn(Input):
    """O que se escolhe de uma opção do plano."""

    option_id: UUID = Field(description="Uma das `options` de `GET /v1/plans`.")
    choice_id: UUID | None = Field(None, description="Numa opção do tipo `choice`, qual delas.")
    quantity: int = Field(1, ge=0, le=MOST_QUANTITY, description="Numa `quantity`, quantas.")


class ServiceIn(Input):
    """O que se pede: um plano, por um dos seus preços, para um domínio de um cliente."""

    customer_id: UUID
    price_id: UUID = Field(description="Um dos `prices` de `GET /v1/plans`.")
    domain: Domain
    metadata: Metadata = {}
    options: list[ChosenIn] = Field(
        [],
        max_length=50,
        description="O que não vier fica no mínimo, na primeira escolha ou desligado.",
    )
    coupon: str = Field("", max_length=32, examples=["NATAL10"])
    terms_version: int | None = Field(
        None, ge=1, description="A versão dos termos que o cliente aceitou, se aceitou."
    )
    skip_trial: bool = Field(
        False, description="Pagar já, mesmo que o preço tenha dias de teste."
    )
    answers: dict[UUID, AnswerText] = Field(
        {},
        max_length=MOST_FIELDS,
        description="As respostas aos `fields` do plano, pelo `id` de cada um; num `yes_no`, `yes` ou `no`.",
    )


class CancelIn(Input):
    """Por que cancelar. O motivo vai no e-mail ao cliente."""

    reason: str = Field("", max_length=300, examples=["O cliente desistiu por telefone."])


class OrderQuery(ListQuery):
    status: OrderStatus | None = Field(None, description="Só neste estado.")
    customer_id: UUID | None = Field(None, description="Só deste cliente.")
