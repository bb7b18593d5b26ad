"""What the API says and takes about webhooks and events."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime

from alicerce.apps.endpoints.types import DeliveryStatus, DisabledReason
from alicerce.kernel.rest.changes import ClearableText, optional
from alicerce.kernel.rest.listing import NEWEST, ListOut, ListQuery
from alicerce.kernel.rest.routing import Input

Types = list[str]


class WebhookOut(Schema):
    """Um endereço que fica sabendo de alguns eventos."""

    object: Literal["webhook"]
    id: UUID
    url: str = Field(examples=["https://exemplo.com.br/webhooks"])
    description: str
    types: Types = Field(examples=[["invoice.*", "order.completed"]])
    is_ordered: bool = Field(
        description="O próximo evento do mesmo objeto espera pelo anterior."
    )
    disabled: DisabledReason = Field(description="Por que nada é enviado; vazio enquanto é.")
    created_at: datetime


class WebhookSecretOut(WebhookOut):
    """Com o segredo, que não é mostrado outra vez."""

    secret: str | None = Field(
        examples=["whsec_…"],
        description="Mostrado uma vez: null quando a resposta é repetida por Idempotency-Key.",
    )


class DeletedOut(Schema):
    """O que não existe mais."""

    object: Literal["webhook"]
    id: UUID
    deleted: bool


class DeliveryOut(Schema):
    """Um evento para um endereço."""

    object: Literal["delivery"]
    id: UUID
    endpoint_id: UUID
    event_id: UUID
    type: str
    status: DeliveryStatus
    attempts: int
    next_at: datetime
    answered: int | None = Field(description="O último status HTTP recebido.")
    error: str
    delivered_at: datetime | None
    created_at: datetime


class AttemptOut(Schema):
    """Um envio, e o que o endereço respondeu."""

    number: int = Field(description="O primeiro é 1; reenviar continua a conta.")
    at: datetime
    status: int | None = Field(description="O status HTTP; nulo quando ninguém respondeu.")
    milliseconds: int
    error: str = Field(description="Por que ninguém respondeu.")
    answer: str = Field(description="O começo da resposta, até 1 KiB.")


class DeliveryDetailOut(DeliveryOut):
    """Uma entrega com cada tentativa, da última para a primeira."""

    history: list[AttemptOut]


class EventOut(Schema):
    """O que aconteceu, como é contado a quem ouve. Fica guardado por 30 dias."""

    object: Literal["event"]
    id: UUID
    type: str
    version: int
    at: datetime
    data: dict[str, Any]


class EventTypeOut(Schema):
    """Um tipo de evento, com um exemplo do que chega."""

    object: Literal["event_type"]
    type: str
    version: int
    description: str
    sample: dict[str, Any]


class WebhookListOut(ListOut):
    """Uma página de endereços."""

    data: list[WebhookOut]


class DeliveryListOut(ListOut):
    """Uma página de entregas."""

    data: list[DeliveryOut]


class EventListOut(ListOut):
    """Uma página de eventos."""

    data: list[EventOut]


class EventTypeListOut(ListOut):
    """Os tipos de evento."""

    data: list[EventTypeOut]


class WebhookIn(Input):
    """Um endereço novo."""

    url: str = Field(max_length=2000)
    types: Types = Field(min_length=1, max_length=100)
    description: str = Field("", max_length=200)
    is_ordered: bool = False


class WebhookChange(Input):
    """O que muda num endereço; o que não vier fica como está, e `null` esvazia."""

    url: str = optional(max_length=2000)
    types: Types = optional(min_length=1, max_length=100)
    description: ClearableText = optional(max_length=200)
    is_ordered: bool = optional()
    enabled: bool = optional()


class ReplayIn(Input):
    """Desde quando reenviar."""

    since: AwareDatetime = Field(
        description="Só eventos deste instante em diante.",
        examples=["2026-09-01T00:00:00-03:00"],
    )


class ReplayOut(Schema):
    """Quantas entregas voltaram para a fila."""

    object: Literal["replay"]
    endpoint_id: UUID
    since: datetime
    count: int = Field(
        description="As que voltaram agora, das mais antigas para as mais novas."
    )
    left: int = Field(description="As que ficaram para outro pedido igual a este.")


class DeliveryQuery(ListQuery):
    status: DeliveryStatus | None = Field(None, description="Só neste estado.")


class EventQuery(ListQuery):
    orders = {"-created_at": ("id",), "created_at": ("position",)}
    grows = {"created_at": (0,)}

    sort: Literal["-created_at", "created_at"] = Field(
        NEWEST,
        description=(
            "Os mais novos primeiro (`-created_at`), ou na ordem em que puderam ser lidos "
            "(`created_at`): nela há `next_cursor` também no fim, e quem volta com ele não perde "
            "nada, nem o que demorou a ser gravado."
        ),
    )
    type: str | None = Field(None, max_length=80, description="Só deste tipo.")
