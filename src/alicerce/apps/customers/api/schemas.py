"""What the API says and takes about customers."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

from alicerce.apps.customers.api.fields import CustomerName, Line, PhoneNumber, Tags
from alicerce.apps.customers.types import CustomerKind, CustomerStatus
from alicerce.kernel.rest.changes import Blankable, optional
from alicerce.kernel.rest.fields import Email, TaxNumber
from alicerce.kernel.rest.listing import MADE, NEWEST, ListOut, ListQuery
from alicerce.kernel.rest.metadata import Metadata, MetadataOut
from alicerce.kernel.rest.routing import Input

Locale = Literal["pt-br", "en"]
TradeName = Annotated[str | None, Field(max_length=120), Line, Blankable]
Reference = Annotated[
    str | None,
    Field(max_length=80, description="O número deste cliente em outro sistema."),
    Line,
    Blankable,
]
Registration = Annotated[str | None, Field(max_length=20), Line, Blankable]
Document = Annotated[TaxNumber | None, Blankable]


class CustomerOut(Schema):
    """Quem compra da empresa: uma pessoa ou outra empresa."""

    object: Literal["customer"]
    id: UUID
    kind: CustomerKind
    name: str = Field(examples=["Renata Souza"])
    trade_name: str
    email: str = Field(examples=["renata@example.com"])
    document: str = Field(description="CPF ou CNPJ, sem pontos.", examples=["52998224725"])
    document_kind: Literal["cpf", "cnpj", ""]
    phone: str = Field(examples=["+5541999990000"])
    locale: str = Field(examples=["pt-br"])
    status: CustomerStatus = Field(
        description="`blocked` não faz pedidos novos; com `closed` a relação terminou."
    )
    tier_id: UUID | None = Field(description="Um dos níveis de `GET /v1/tiers`.")
    tags: list[str]
    external_reference: str = Field(description="O número deste cliente em outro sistema.")
    state_registration: str = Field(description="Inscrição estadual.")
    city_registration: str = Field(description="Inscrição municipal.")
    iss_withheld: bool = Field(description="O cliente retém o ISS.")
    metadata: MetadataOut
    created_at: datetime


class CustomerListOut(ListOut):
    """Uma página de clientes."""

    data: list[CustomerOut]


class CustomerQuery(ListQuery):
    orders = {**MADE, "name": ("name", "id")}

    sort: Literal["-created_at", "created_at", "name", "-name"] = Field(  # type: ignore[assignment]
        NEWEST, description="Os mais novos primeiro (`-created_at`), ou por nome."
    )
    email: str | None = Field(None, max_length=254, description="Só com este e-mail.")
    document: str | None = Field(None, max_length=20, description="Só com este CPF ou CNPJ.")
    status: CustomerStatus | None = Field(None, description="Só nesta situação.")
    tier_id: UUID | None = Field(None, description="Só deste nível.")
    tag: str | None = Field(None, max_length=40, description="Só com esta etiqueta.")
    external_reference: str | None = Field(
        None, max_length=80, description="Só com este código externo."
    )


class CustomerIn(Input):
    """Um cliente novo."""

    kind: CustomerKind = CustomerKind.PERSON
    name: CustomerName
    trade_name: TradeName = ""
    email: Email
    document: Document = ""
    phone: PhoneNumber = ""
    locale: Locale = "pt-br"
    tier_id: UUID | None = None
    tags: Tags = []
    external_reference: Reference = ""
    state_registration: Registration = ""
    city_registration: Registration = ""
    iss_withheld: bool = False
    metadata: Metadata = {}


class CustomerChange(Input):
    """O que muda num cliente; o que não vier fica como está, e `null` esvazia."""

    kind: CustomerKind = optional(description="Pessoa ou empresa.")
    name: CustomerName = optional()
    trade_name: TradeName = optional()
    email: Email = optional()
    document: Document = optional()
    phone: PhoneNumber = optional()
    locale: Locale = optional()
    tier_id: UUID | None = optional()
    tags: Tags = optional(description="A lista inteira: o que não estiver nela sai.")
    external_reference: Reference = optional()
    state_registration: Registration = optional()
    city_registration: Registration = optional()
    iss_withheld: bool = optional()
    metadata: Metadata = optional()
