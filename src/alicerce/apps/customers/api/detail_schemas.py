"""What the API says and takes about what is kept beside a customer."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

from alicerce.apps.customers.api.fields import (
    STATES,
    CustomerName,
    Line,
    PhoneNumber,
    PostalCode,
    TagName,
)
from alicerce.apps.customers.types import AddressKind, ContactRole
from alicerce.kernel.rest.fields import Email
from alicerce.kernel.rest.listing import ListOut
from alicerce.kernel.rest.routing import Input

Place = Annotated[str, Field(min_length=1, max_length=80), Line]


class AddressOut(Schema):
    """Onde um cliente está. O de cobrança vai nas faturas."""

    object: Literal["address"]
    id: UUID
    customer_id: UUID
    kind: AddressKind
    postal_code: str = Field(description="CEP, oito algarismos.", examples=["80010000"])
    street: str
    number: str
    complement: str
    district: str = Field(description="Bairro.")
    city: str
    state: str = Field(examples=["PR"])


class AddressIn(Input):
    """Um endereço novo. O de cobrança toma o lugar do anterior."""

    kind: AddressKind
    postal_code: PostalCode
    street: Annotated[str, Field(min_length=1, max_length=120), Line]
    number: Annotated[str, Field(min_length=1, max_length=20), Line]
    complement: Annotated[str, Field(max_length=80), Line] = ""
    district: Place
    city: Place
    state: STATES


class ContactOut(Schema):
    """Com quem falar, e sobre o quê; não dá acesso a nada."""

    object: Literal["contact"]
    id: UUID
    customer_id: UUID
    name: str
    role: ContactRole
    email: str
    phone: str


class ContactIn(Input):
    """Um contato novo."""

    name: CustomerName
    role: ContactRole
    email: Email | Literal[""] = ""
    phone: PhoneNumber = ""


class NoteOut(Schema):
    """O que alguém da empresa anotou, só para a empresa. Não muda depois de escrito."""

    object: Literal["note"]
    id: UUID
    customer_id: UUID
    author: str = Field(description="Quem anotou.", examples=["key:0199a3c2-…"])
    body: str
    at: datetime


class NoteIn(Input):
    """Uma anotação nova."""

    body: str = Field(min_length=1, max_length=4000)


class TierOut(Schema):
    """Um nível de clientes, nas palavras da empresa."""

    object: Literal["tier"]
    id: UUID
    name: str = Field(examples=["Ouro"])


class TierIn(Input):
    """O nome de um nível."""

    name: TagName


class AddressListOut(ListOut):
    """Uma página de endereços."""

    data: list[AddressOut]


class ContactListOut(ListOut):
    """Uma página de contatos."""

    data: list[ContactOut]


class NoteListOut(ListOut):
    """Uma página de anotações."""

    data: list[NoteOut]


class TierListOut(ListOut):
    """Uma página de níveis."""

    data: list[TierOut]


class GoneOut(Schema):
    """O que não existe mais."""

    object: Literal["address", "contact", "tier"]
    id: UUID
    deleted: bool
