"""What a plan asks of its buyers, as bodies carry it."""

from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from alicerce.apps.catalog.rules import LONGEST, MOST_CHOICES
from alicerce.apps.catalog.types import FieldKind
from alicerce.kernel.rest.routing import Input


class FieldOut(Schema):
    """O que um plano pergunta a quem o pede, além do que todo pedido pergunta."""

    object: Literal["plan_field"]
    id: UUID
    plan_id: UUID
    kind: FieldKind
    label: str = Field(examples=["Nome da empresa"])
    label_en: str = Field(examples=["Company name"])
    help: str
    is_required: bool
    is_personal: bool = Field(
        description="Se a resposta é apagada com a pessoa e só é mostrada a quem lê clientes."
    )
    choices: list[str] = Field(description="Num campo `choice`, as respostas oferecidas.")
    position: int


class FieldIn(Input):
    """Um campo novo de um plano."""

    kind: FieldKind
    label: str = Field(min_length=1, max_length=LONGEST["name"], examples=["Nome da empresa"])
    label_en: str = Field("", max_length=LONGEST["name"], examples=["Company name"])
    help: str = Field("", max_length=LONGEST["summary"])
    is_required: bool = True
    is_personal: bool = Field(
        False, description="Os campos `document` e `phone` são sempre pessoais: diga `true`."
    )
    choices: list[str] = Field([], max_length=MOST_CHOICES)
    position: int = Field(0, ge=0, le=32_767)


class FieldGoneOut(Schema):
    """O campo não é mais perguntado."""

    object: Literal["plan_field"]
    id: UUID
    deleted: Literal[True]
