"""What programs order for a customer, and what it would cost, as bodies carry them."""

from datetime import date, datetime
from enum import StrEnum
from ipaddress import ip_address
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime

from alicerce.apps.catalog.types import MOST_FIELDS, Cycle
from alicerce.apps.orders.api.schemas import AnswerText, ChosenIn, OrderItemOut
from alicerce.apps.orders.rules import MOST_QUANTITY
from alicerce.kernel.rest.fields import Domain
from alicerce.kernel.rest.metadata import Metadata
from alicerce.kernel.rest.routing import Input


class Paying(StrEnum):
    """How whoever buys learns where to pay."""

    LETTER = "email_link"
    SILENT = "none"


def _address(text: str) -> str:
    return str(ip_address(text))


class TermsIn(Input):
    """Que o cliente aceitou os termos no seu site, e como você sabe."""

    version: int = Field(ge=1, description="A versão aceita: a que está em vigor.")
    accepted_by: str = Field(
        min_length=1,
        max_length=120,
        description="Quem aceitou, como você conhece essa pessoa.",
        examples=["Renata Souza <renata@example.com>"],
    )
    accepted_at: AwareDatetime = Field(description="Quando aceitou; não no futuro.")
    address: Annotated[str, AfterValidator(_address)] | None = Field(
        None,
        max_length=45,
        description="O endereço IP de onde aceitou.",
        examples=["198.51.100.7"],
    )


class AddonIn(Input):
    """Um adicional que vai junto com o plano, como uma assinatura ao lado da dele."""

    price_id: UUID = Field(
        description="De um plano de adicionais que vai com o plano, num ciclo que cabe no dele."
    )
    quantity: int = Field(
        1, ge=1, le=MOST_QUANTITY, description="No máximo o `max_quantity` do plano."
    )
    options: list[ChosenIn] = Field([], max_length=50)


class OrderPreviewIn(Input):
    """O que se pede: um plano, num dos seus ciclos, para um domínio de um cliente."""

    customer_id: UUID
    price_id: UUID = Field(
        description="Um dos `prices` de `GET /v1/plans`: diz o plano e o ciclo."
    )
    domain: Domain
    options: list[ChosenIn] = Field(
        [],
        max_length=50,
        description="O que não vier fica no mínimo, na primeira escolha ou desligado.",
    )
    addons: list[AddonIn] = Field(
        [],
        max_length=50,
        description="Pedidos juntos, na mesma fatura; nunca com um teste. O cupom é só do plano.",
    )
    coupon: str = Field("", max_length=32, examples=["NATAL10"])
    skip_trial: bool = Field(
        False, description="Pagar já, mesmo que o preço tenha dias de teste."
    )
    starts_on: date | None = Field(
        None,
        description="O primeiro dia, a partir de amanhã e em até um ano; sem isto, o do pagamento. Nunca "
        "com um teste.",
    )
    answers: dict[UUID, AnswerText] = Field(
        {},
        max_length=MOST_FIELDS,
        description="As respostas aos `fields` do plano, pelo `id` de cada um; num `yes_no`, `yes` ou `no`.",
    )


class OrderIn(OrderPreviewIn):
    """O pedido que foi mostrado, como é pago e o que se sabe dos termos."""

    payment: Paying = Field(
        Paying.LETTER,
        description="`email_link`: o cliente recebe por e-mail o link da página do pedido. `none`: ninguém "
        "escreve; leve o comprador a `page_url`, ou cobre o cartão guardado com "
        "`POST /v1/invoices/{id}/charge`.",
    )
    terms: TermsIn | None = Field(
        None,
        description="Sem isto, e com termos em vigor, o cliente os aceita na página do pedido.",
    )
    expected_total_cents: int | None = Field(
        None,
        ge=0,
        le=10**12,
        description="O `total_cents` que foi mostrado; se mudou, nada é feito.",
        examples=[4990],
    )
    metadata: Metadata = {}


class OrderTaxOut(Schema):
    """Uma linha que impostos somam à fatura, ou tiram."""

    description: str = Field(examples=["ISS retido"])
    amount_cents: int = Field(examples=[-100])


class AddonPreviewOut(Schema):
    """Um adicional do pedido: uma linha sua, e uma assinatura sua."""

    price_id: UUID
    plan_id: UUID
    description: str = Field(examples=["Adicionais Backup · padaria.com.br"])
    cycle: Cycle
    quantity: int = Field(examples=[1])
    items: list[OrderItemOut]
    total_cents: int = Field(description="Do primeiro ciclo, antes de impostos.")


class OrderPreviewOut(Schema):
    """Quanto custa um pedido a este cliente, agora. Nada foi feito ainda."""

    object: Literal["order_preview"]
    customer_id: UUID
    price_id: UUID
    plan_id: UUID
    description: str = Field(examples=["Hospedagem Pro · padaria.com.br"])
    domain: str
    cycle: Cycle
    currency: str = Field(examples=["BRL"])
    items: list[OrderItemOut]
    addons: list[AddonPreviewOut]
    coupon: str | None
    discount_cents: int = Field(description="O que o cupom tira desta primeira cobrança.")
    discount_cycles: int | None = Field(
        description="Em quantas cobranças o cupom vale; nulo quando vale em todas, ou não há cupom."
    )
    taxes: list[OrderTaxOut]
    total_cents: int = Field(
        description="O que a fatura do pedido pede, com impostos; zero num teste.",
        examples=[4990],
    )
    starts_on: date | None
    invoice_on: date = Field(
        description="Quando a fatura é emitida: hoje, ou antes do primeiro dia como a de uma renovação."
    )
    cycle_cents: int = Field(
        description="O plano e as opções em cada ciclo, antes de cupom e impostos.",
        examples=[4990],
    )
    trial_days: int = Field(examples=[0])
    trial_card: bool
    after_trial_cents: int | None = Field(
        description="O que se pede quando o teste acaba; nulo sem teste."
    )
    terms_version: int | None = Field(
        description="A versão dos termos em vigor, a que o cliente aceita; nulo se não há."
    )
    shown_at: datetime = Field(description="Os preços e os impostos são os deste momento.")
